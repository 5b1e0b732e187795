// Writes what is generated from the catalogue: the README's table. The continuous run fails where it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { transforms } from '../transforms/index.js';

const rows = transforms.map(({ name, level, covers, summary }) => {
  const findings = covers.map((finding) => finding.replace('/', ' ')).join(', ');
  return `| \`${name}\` | ${level} | ${summary} | ${findings} |`;
});
const table = ['| transform | level | what it does | answers |', '| --- | --- | --- | --- |', ...rows].join('\n');
const readme = readFileSync('README.md', 'utf8');
const [head, rest] = readme.split('<!-- catalogue -->');
const tail = rest?.split('<!-- /catalogue -->')[1];
if (head === undefined || tail === undefined) throw new Error('README.md: the catalogue markers are missing');
writeFileSync('README.md', `${head}<!-- catalogue -->\n\n${table}\n\n<!-- /catalogue -->${tail}`);
