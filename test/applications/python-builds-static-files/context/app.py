from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(open('static/page.html', 'rb').read())

    def do_POST(self):
        pass
        self.do_GET()


HTTPServer(('', 3128), Handler).serve_forever()
