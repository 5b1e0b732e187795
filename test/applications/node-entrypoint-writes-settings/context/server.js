const settings = require('node:fs').readFileSync('settings.js');
const http = require('node:http');
http.createServer((request, response) => response.end(settings)).listen(3113);
