// Compares the time to plan a campaign with a bare `git clone --depth 1` of the same repositories at the same concurrency, and
// prints how memory grows with their number. `npm run bench:bulk -- [REPOSITORIES]`. Needs `npm run build` and git.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pMap from 'p-map';

const CLI = join(process.cwd(), 'dist', 'cli.js');
const COUNT = Number(process.argv[2] ?? 500);
const CONCURRENCY = 8;
const ROUNDS = 3;
const WHO = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'];
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Bare repositories, each with one to five Dockerfiles from the fixtures and some other files. @returns their paths */
function makeRepositories(folder: string, count: number): string[] {
  const dockerfiles = readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('before.Dockerfile'),
  );
  return Array.from({ length: count }, (_, index) => {
    const tree = join(folder, `work-${index}`);
    for (let each = 0; each <= index % 5; each++) {
      const from = dockerfiles[(index * 5 + each) % dockerfiles.length] ?? '';
      const to = join(tree, each === 0 ? '.' : `service-${each}`);
      mkdirSync(to, { recursive: true });
      cpSync(join('fixtures', from), join(to, 'Dockerfile'));
    }
    cpSync('samples/node-api', join(tree, 'api'), { recursive: true, filter: (path) => !path.includes('Dockerfile') });
    for (let file = 0; file < 40; file++) {
      const path = join(tree, 'src', `module-${file}.js`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `export const value${file} = ${index};\n`.repeat(50));
    }
    const bare = join(folder, `repository-${index}.git`);
    const git = (...args: string[]): void => void execFileSync('git', args, { cwd: tree, stdio: 'ignore' });
    git('init', '--quiet', '--initial-branch=main');
    git('add', '--all');
    git(...WHO, 'commit', '--quiet', '--message=first');
    git('clone', '--quiet', '--bare', '.', bare);
    rmSync(tree, { recursive: true });
    return bare;
  });
}

function run(program: string, args: string[], cwd: string, onPeak?: (mebibytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: 'ignore' });
    const timer = setInterval(() => onPeak?.(peakOf(child.pid ?? 0)), 50);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')}: ${String(code)}`));
    });
  });
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function timeClones(folder: string, repositories: string[]): Promise<number> {
  const target = mkdtempSync(join(folder, 'clones-'));
  const start = performance.now();
  await pMap(
    repositories,
    (url, index) =>
      run('git', ['clone', '--quiet', '--depth', '1', `file://${url}`, join(target, String(index))], folder),
    { concurrency: CONCURRENCY },
  );
  const seconds = (performance.now() - start) / 1000;
  rmSync(target, { recursive: true });
  return seconds;
}

async function timePlan(folder: string, repositories: string[]): Promise<{ seconds: number; peak: number }> {
  const target = mkdtempSync(join(folder, 'campaign-'));
  const list = repositories.map((path) => `file://${path}`).join('\n');
  writeFileSync(join(target, 'list.txt'), list);
  const limits = `limits: { concurrency: ${CONCURRENCY}, clones: ${CONCURRENCY} }`;
  writeFileSync(join(target, 'campaign.yaml'), `name: bench\nsources: [{ list: list.txt }]\n${limits}\n`);
  let peak = 0;
  const start = performance.now();
  await run(process.execPath, [CLI, 'bulk', 'plan', 'campaign.yaml'], target, (now) => (peak = Math.max(peak, now)));
  const seconds = (performance.now() - start) / 1000;
  rmSync(target, { recursive: true });
  return { seconds, peak };
}

const folder = mkdtempSync(join(tmpdir(), 'dockmod-bench-'));
try {
  const repositories = makeRepositories(folder, COUNT);
  const clones: number[] = [];
  const plans: number[] = [];
  let peak = 0;
  for (let round = 0; round < ROUNDS; round++) {
    clones.push(await timeClones(folder, repositories));
    const plan = await timePlan(folder, repositories);
    plans.push(plan.seconds);
    peak = Math.max(peak, plan.peak);
  }
  const few = await timePlan(folder, repositories.slice(0, Math.ceil(COUNT / 5)));
  console.log(`${COUNT} repositories, ${CONCURRENCY} at once, median of ${ROUNDS} rounds`);
  console.log(
    `git clone --depth 1        ${median(clones).toFixed(2)} s (${clones.map((one) => one.toFixed(2)).join(', ')})`,
  );
  console.log(
    `dockmod bulk plan          ${median(plans).toFixed(2)} s (${plans.map((one) => one.toFixed(2)).join(', ')})`,
  );
  console.log(`plan / clone               ${(median(plans) / median(clones)).toFixed(2)}`);
  console.log(`peak memory                ${peak.toFixed(0)} MiB; of a fifth of them ${few.peak.toFixed(0)} MiB`);
} finally {
  rmSync(folder, { recursive: true });
}
