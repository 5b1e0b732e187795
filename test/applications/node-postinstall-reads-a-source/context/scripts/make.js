const fs = require('node:fs');
fs.writeFileSync('made.json', JSON.stringify({ text: fs.readFileSync('config/text.txt', 'utf8') }));
