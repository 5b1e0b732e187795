const made = require('./made.json');
const http = require('node:http');
http.createServer((request, response) => response.end(made.text)).listen(3104);
