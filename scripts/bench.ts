// Measures dockmod: files per second and peak memory over a folder, the cold start on one small file, and how the time grows with
// the size of a file. `npm run bench -- [--growth | --trees] [--lines N] [DIR]`; without a folder, over copies of the fixtures.
// Needs `npm run build`. With --growth, only how the time grows, from N lines (4,000) to 4 N: fails where it is more than 5 times.
// With --trees, only 20 generated repositories: fails where one takes 2 seconds or 200 MiB. Needs git.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { growingFast } from './bench/growth.js';
import { heavyTrees } from './bench/trees.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    growth: { type: 'boolean', default: false },
    trees: { type: 'boolean', default: false },
    lines: { type: 'string', default: '4000' },
  },
});
const CLI = join(process.cwd(), 'dist', 'cli.js');
const show = (what: string, figure: string): void => console.log(`${what.padEnd(44)}${figure}`);
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

function corpusCopy(): { folder: string; files: number } {
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-bench-'));
  const given = positionals[0];
  if (given !== undefined) cpSync(given, folder, { recursive: true });
  else {
    const fixtures = readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter(
      (path) => basename(path) === 'before.Dockerfile',
    );
    for (const round of Array(10).keys())
      for (const path of fixtures) cpSync(join('fixtures', path), join(folder, String(round), path));
  }
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => basename(path));
  return { folder, files: names.filter((name) => /dockerfile/i.test(name) && !name.endsWith('ignore')).length };
}

/** Runs a command to its end. @returns its time and the kernel's peak of resident memory, in MiB */
async function run(args: string[]): Promise<{ seconds: number; peak: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  let peak = 0;
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // The process has ended, or this is not Linux: no figure.
    }
  }, 20);
  await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(timer);
  return { seconds: (performance.now() - start) / 1000, peak };
}

async function benchFolder(): Promise<void> {
  const rates: number[] = [];
  let peak = 0;
  let count = 0;
  for (let round = 0; round < 3; round++) {
    const { folder, files } = corpusCopy();
    const figures = await run([CLI, 'fix', folder]);
    rmSync(folder, { recursive: true });
    rates.push(files / figures.seconds);
    peak = Math.max(peak, figures.peak);
    count = files;
  }
  show(`${count} files, ${cpus().length} cores`, `${median(rates).toFixed(0)} files/s, peak ${peak.toFixed(0)} MiB`);
}

function benchColdStart(): void {
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-bench-'));
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, 'FROM node\nWORKDIR /app\nRUN apt-get update && apt-get install -y git\nCMD ["node", "x.js"]\n');
  const time = (args: string[]): number => {
    const start = performance.now();
    spawnSync(process.execPath, args, { stdio: 'ignore', cwd: folder });
    return performance.now() - start;
  };
  const times = Array.from({ length: 15 }, () => [time([CLI, 'fix', '--dry-run', file]), time(['-e', '0'])] as const);
  const ours = median(times.map(([cold]) => cold));
  const bare = median(times.map(([, empty]) => empty));
  rmSync(folder, { recursive: true });
  show('one small file from a cold start', `${ours.toFixed(0)} ms where node -e 0 takes ${bare.toFixed(0)} ms`);
}

async function benchAll(): Promise<void> {
  await benchFolder();
  benchColdStart();
}

function failOver(what: string, over: readonly string[]): void {
  if (over.length === 0) return;
  console.error(`${what}: ${over.join('; ')}.`);
  process.exitCode = 1;
}

mkdirSync(tmpdir(), { recursive: true });
if (values.trees) failOver('These take more time or memory than they may', await heavyTrees(CLI));
else {
  if (!values.growth) await benchAll();
  failOver('These grow faster than their input', growingFast(Number(values.lines), 3));
}
