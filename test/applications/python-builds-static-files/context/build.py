import os

os.makedirs('static', exist_ok=True)
open('static/page.html', 'w').write('<h1>built</h1>')
