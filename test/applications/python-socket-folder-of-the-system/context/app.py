open('/run/app.lock', 'w').close()
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'hello')

    def do_POST(self):
        pass
        self.do_GET()


HTTPServer(('', 3129), Handler).serve_forever()
