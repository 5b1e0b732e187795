import type { Random } from './random.js';

const SNIPPETS = [
  '\\',
  '`',
  '"',
  "'",
  '#',
  '<<EOF',
  '\nEOF\n',
  '$',
  '${',
  '}',
  '&&',
  '||',
  ';',
  '|',
  '(',
  ')',
  '{',
  '[',
  ']',
  '\t',
  '\r\n',
  '\n\n',
  '\\\n',
  '\\ \n',
  'ONBUILD ',
  'FROM node\n',
  'FROM node AS x\n',
  'RUN ',
  'RUN apt-get update\n',
  'USER 1\n',
  '# escape=`\n',
  'COPY . .\n',
  'ADD a b\n',
  'RUN npm install\n',
  'SHELL ["bash"]\n',
  ' && apt-get install -y x',
  '\u00e9',
  '\u{1F433}',
  '\u0000',
  '\uFEFF',
  'set -e; ',
  'cd /x && ',
  ' || true',
  ' &',
  ' # c',
  'RUN <<-E\n\tapk add x\n\tE\n',
  'ARG A=latest\nFROM node:$A\n',
  '--mount=type=cache,target=/x ',
];

/** A text with up to four faults in it; some are lines of `other`. */
export function mutate(random: Random, text: string, other: string): string {
  let out = text;
  for (let count = 1 + random.below(4); count > 0; count--) {
    const at = random.below(out.length + 1);
    const length = random.below(12);
    const lines = out.split('\n');
    const line = random.below(lines.length);
    const [above, below] = [lines.slice(0, line), lines.slice(line)];
    out = random.pick([
      () => out.slice(0, at) + random.pick(SNIPPETS) + out.slice(at),
      () => out.slice(0, at) + out.slice(at + length),
      () => [...above, ...below.slice(1)].join('\n'),
      () => [...above, random.pick(lines), ...below].join('\n'),
      () => [...above, ...other.split('\n').slice(0, 1 + random.below(6)), ...below].join('\n'),
      () => out.slice(0, at),
      () => out.replaceAll('\n', '\r\n'),
    ])();
  }
  return out;
}
