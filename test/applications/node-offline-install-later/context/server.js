const http = require('node:http');
http.createServer((request, response) => response.end('hello')).listen(3115);
