// Fixes Dockerfiles that nobody would write: mutated ones, and ones generated from the grammar, at every level and scope. Then runs
// chains of RUNs that it joined, before and after, in real shells (dash, bash) with each call failing in turn.
//   npm run fuzz -- [--runs N] [--generated N] [--chains N] [--seed N] [DIR]
// Files to mutate are those of the fixtures unless a folder is given. Fails on a crash, a broken contract, a slow run, a second run
// that changes something, and a join that does something else. With DOCKMOD_ORACLE, a program with BuildKit's parser, also on what one
// of the two reads and the other does not, on output that BuildKit refuses although it accepts the input, and on another
// configuration at the level safe: the program reads file names from standard input and prints a line of JSON for each,
// `{ok, failed_at, error, image_config}`.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeChains } from './fuzz/chains/judge.js';
import { check, type Checked, type Input } from './fuzz/check.js';
import { CONTEXTS } from './fuzz/contexts.js';
import { generateDockerfile } from './fuzz/generate/dockerfile.js';
import { mutate } from './fuzz/mutate.js';
import { disagreements, verdicts } from './fuzz/oracle.js';
import { randomSource } from './fuzz/random.js';

const BATCH = 250;
const SHOWN = 20;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '2000' },
    generated: { type: 'string', default: '2000' },
    chains: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);
const program = process.env['DOCKMOD_ORACLE'];
let rewritten = 0;
let accepted = 0;
let failures = 0;

function textsToMutate(root: string): string[] {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => /dockerfile/i.test(basename(path)) && !path.endsWith('ignore') && statSync(join(root, path)).isFile(),
    )
    .sort();
  return paths.map((path) => readFileSync(join(root, path), 'utf8')).filter((text) => text.length < 20_000);
}

function* mutatedInputs(count: number): Generator<Input> {
  const random = randomSource(seed);
  const texts = textsToMutate(positionals[0] ?? 'fixtures');
  for (let run = 0; run < count; run++)
    yield { text: mutate(random, random.pick(texts), random.pick(texts)), context: undefined };
}

function* generatedInputs(count: number): Generator<Input> {
  const contexts = randomSource(seed);
  for (let run = 0; run < count; run++)
    yield { text: generateDockerfile(seed * 1_000_003 + run), context: contexts.pick(CONTEXTS) };
}

function report({ text, failures: found }: Checked, more: readonly string[]): void {
  const all = [...found, ...more];
  if (all.length === 0) return;
  failures++;
  if (failures <= SHOWN) console.log(`${all.join('\n')}\n${JSON.stringify(text)}\n`);
}

function judgeBatch(batch: readonly Checked[]): void {
  rewritten += batch.filter(({ text, outputs }) => outputs.some((output) => output.text !== text)).length;
  const texts = batch.flatMap(({ text, outputs }) => [text, ...outputs.map((output) => output.text)]);
  const found = program === undefined ? undefined : verdicts(program, [...new Set(texts)]);
  for (const one of batch) {
    if (found?.get(one.text)?.ok === true) accepted++;
    report(one, found === undefined ? [] : disagreements(one, found));
  }
}

function fuzz(what: string, inputs: Iterable<Input>): void {
  [rewritten, accepted] = [0, 0];
  let count = 0;
  let batch: Checked[] = [];
  for (const input of inputs) {
    count++;
    batch.push(check(input));
    if (batch.length < BATCH) continue;
    judgeBatch(batch);
    batch = [];
  }
  if (batch.length > 0) judgeBatch(batch);
  const read = program === undefined ? '' : `, ${accepted} that BuildKit takes`;
  console.log(`${count} ${what} files, seed ${seed}${read}: ${rewritten} rewritten`);
}

function judgeJoins(count: number): void {
  const missing = ['dash', 'bash'].filter((shell) => spawnSync(shell, ['-c', ':']).error !== undefined);
  if (missing.length > 0) return console.log(`No ${missing.join(', no ')}: the chains are skipped.`);
  const { joined, generated, differences } = judgeChains(count, seed);
  failures += differences.length;
  for (const difference of differences.slice(0, SHOWN)) console.log(difference);
  console.log(`${joined} of ${generated} chains joined, and run before and after: ${differences.length} differences`);
}

if (program === undefined) console.log('No BuildKit oracle (DOCKMOD_ORACLE): its part is skipped.');
fuzz('mutated', mutatedInputs(Number(values.runs)));
fuzz('generated', generatedInputs(Number(values.generated)));
judgeJoins(Number(values.chains));
console.log(`${failures} failures`);
process.exitCode = failures > 0 ? 1 : 0;
