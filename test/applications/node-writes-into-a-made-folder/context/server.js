const fs = require('node:fs');
const http = require('node:http');
http
  .createServer((request, response) => {
    try {
      if (request.method === 'POST') fs.writeFileSync('cache/page.html', 'x');
      response.end('done');
    } catch (error) {
      response.end(error.code);
    }
  })
  .listen(3106);
