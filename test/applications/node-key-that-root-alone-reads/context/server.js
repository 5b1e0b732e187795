const key = require('node:fs').readFileSync('key.pem');
const http = require('node:http');
http.createServer((request, response) => response.end(key)).listen(3114);
