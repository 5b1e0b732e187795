// Measures dockmod: files per second and peak memory over a folder, the cold start on one small file, and how the time grows with
// the size of a file. `npm run bench -- [DIR]`; without a folder, over copies of the fixtures. Needs `npm run build`.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fix } from '../src/index.js';

const CLI = join(process.cwd(), 'dist', 'cli.js');
const show = (what: string, figure: string): void => console.log(`${what.padEnd(44)}${figure}`);
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

function corpusCopy(): { folder: string; files: number } {
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-bench-'));
  const given = process.argv[2];
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

function numbered(n: number, line: (i: number) => string): string {
  return Array.from({ length: Math.floor(n) }, (_, i) => line(i)).join('');
}

function benchGrowth(): void {
  const shapes: Record<string, (n: number) => string> = {
    'RUN instructions': (n) => 'RUN make part && \\\n    make check\n'.repeat(n),
    'package installs': (n) => 'RUN apt-get update && apt-get install -y git\n'.repeat(n),
    'ENV instructions': (n) => numbered(n, (i) => `ENV V${i}=\${V${i - 1}}\n`),
    'COPY instructions': (n) => 'COPY src/a.txt /srv/\n'.repeat(n),
    'updates, installs and builds': (n) => 'RUN apt-get update\nRUN apt-get install -y git\nRUN make\n'.repeat(n / 3),
    'RUNs with a variable each': (n) => numbered(n, (i) => `RUN A${i}=1; touch /x${i}\n`),
    'ignore comments': (n) => '# dockmod-ignore merge-run\nRUN make\n'.repeat(n),
    'WORKDIR instructions': (n) => numbered(n / 2, (i) => `WORKDIR /a${i}\nRUN make\n`),
    'folders made and filled': (n) => numbered(n / 2, (i) => `RUN mkdir /d${i}\nRUN touch /d${i}/x\n`),
    'VOLUME instructions': (n) => numbered(n, (i) => `VOLUME /v${i}\n`),
  };
  for (const [name, shape] of Object.entries(shapes)) {
    const time = (n: number): number => {
      const text = `FROM node\n${shape(n)}CMD ["node", "x.js"]\n`;
      const start = performance.now();
      fix(text, {});
      return performance.now() - start;
    };
    time(4000);
    const small = median([time(4000), time(4000), time(4000)]);
    const large = median([time(16_000), time(16_000), time(16_000)]);
    show(
      `4,000 and 16,000 ${name}`,
      `${small.toFixed(0)} ms and ${large.toFixed(0)} ms: ${(large / small).toFixed(1)} times`,
    );
  }
}

mkdirSync(tmpdir(), { recursive: true });
await benchFolder();
benchColdStart();
benchGrowth();
