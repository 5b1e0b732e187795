const { execFileSync } = require('node:child_process');
const http = require('node:http');
http.createServer((request, response) => response.end(execFileSync('bc', ['--version']))).listen(3120);
