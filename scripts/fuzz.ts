// Mutates Dockerfiles and fixes them. Fails on a crash, a slow run, a second run that changes something, and output that BuildKit
// refuses although it accepts the input. `npm run fuzz -- [--runs N] [--seed N] [DIR]`; without a folder, over the fixtures.
// DOCKMOD_ORACLE names a program with BuildKit's parser: it reads file names from standard input and prints a line of JSON
// `{file, ok, error}` for each. Without it that part is skipped.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fix } from '../src/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const runs = Number(values.runs);
const LIMIT_MS = 2000;

/** Mulberry32, a small generator: the same seed gives the same numbers on every machine. */
function randomSource(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

const random = randomSource(Number(values.seed));
const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;

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

function mutate(text: string, other: string): string {
  let out = text;
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(out.length + 1);
    const length = random(12);
    const lines = out.split('\n');
    const line = random(lines.length);
    out =
      [
        () => out.slice(0, at) + pick(SNIPPETS) + out.slice(at),
        () => out.slice(0, at) + out.slice(at + length),
        () => [...lines.slice(0, line), ...lines.slice(line + 1)].join('\n'),
        () => [...lines.slice(0, line), lines[random(lines.length)] ?? '', ...lines.slice(line)].join('\n'),
        () => [...lines.slice(0, line), ...other.split('\n').slice(0, 1 + random(6)), ...lines.slice(line)].join('\n'),
        () => out.slice(0, at),
        () => out.replaceAll('\n', '\r\n'),
      ][random(7)]?.() ?? out;
  }
  return out;
}

function inputs(): string[] {
  const root = positionals[0] ?? 'fixtures';
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => /dockerfile/i.test(basename(path)) && !path.endsWith('ignore') && statSync(join(root, path)).isFile(),
    )
    .sort();
  return paths.map((path) => readFileSync(join(root, path), 'utf8')).filter((text) => text.length < 20_000);
}

const texts = inputs();
const rewritten: { before: string; after: string }[] = [];
let failures = 0;

function fail(what: string, text: string): void {
  failures++;
  if (failures <= 5) console.log(`${what}\n${JSON.stringify(text)}\n`);
}

for (let run = 0; run < runs; run++) {
  const text = mutate(pick(texts), pick(texts));
  const start = performance.now();
  try {
    const { after, problems } = fix(text, { level: 'unsafe' });
    if (performance.now() - start > LIMIT_MS) fail('slower than two seconds', text);
    const bad = problems.find(({ kind }) => kind !== 'parse');
    if (bad !== undefined) fail(`${bad.kind}: ${bad.transform ?? ''} ${bad.message}`, text);
    if (after === text) continue;
    if (fix(after, { level: 'unsafe' }).after !== after) fail('a second run changes it again', text);
    rewritten.push({ before: text, after });
  } catch (error) {
    fail(`crash: ${String(error)}`, text);
  }
}

/** Whether BuildKit accepts each text; undefined without an oracle. */
function judge(all: readonly string[]): readonly boolean[] | undefined {
  const oracle = process.env['DOCKMOD_ORACLE'];
  if (oracle === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-fuzz-'));
  const names = all.map((text, index) => {
    const name = join(folder, `${index}.Dockerfile`);
    writeFileSync(name, text);
    return name;
  });
  const { stdout } = spawnSync(oracle, ['-llb', '-'], {
    input: names.join('\n') + '\n',
    maxBuffer: 2 ** 30,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; ok?: boolean });
  const verdicts = new Map(rows.map(({ file, ok }) => [file, ok === true]));
  return names.map((name) => verdicts.get(name) ?? false);
}

const before = judge(rewritten.map((one) => one.before));
const after = judge(rewritten.map((one) => one.after));
if (before === undefined || after === undefined)
  console.log('No BuildKit oracle (DOCKMOD_ORACLE): its part is skipped.');
else
  for (const [index, one] of rewritten.entries())
    if (before[index] === true && after[index] !== true)
      fail('BuildKit accepts the input and refuses the output', one.before);

console.log(`${runs} mutated files, seed ${values.seed}: ${rewritten.length} rewritten, ${failures} failures`);
process.exitCode = failures > 0 ? 1 : 0;
