const fs = require('node:fs');
const http = require('node:http');
http.createServer((request, response) => response.end(String(fs.existsSync('notes.md')))).listen(3121);
