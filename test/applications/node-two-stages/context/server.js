const page = require('node:fs').readFileSync('dist/page.html');
const http = require('node:http');
http.createServer((request, response) => response.end(page)).listen(3112);
