require('node:fs').writeFileSync('/var/run/app.pid', String(process.pid));
const http = require('node:http');
http.createServer((request, response) => response.end('hello')).listen(3108);
