// Time and memory of a run over whole repositories: 20 that are generated, of 1,000 to 7,000 files, every second one tracked by git.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TREE_KINDS, type Files, type TreeKind } from './tree-kinds.js';

const TREES = 20;
const [FEWEST, MOST] = [1000, 7000];
const FILES_A_PART = 250;
const RUNS = 3;
const MOST_SECONDS = 2;
const MOST_MEBIBYTES = 200;

interface Figures {
  readonly seconds: number;
  readonly mebibytes: number;
}

/** Runs in the measured process and its threads: on exit, the kernel's peak of the process, in KiB, to file descriptor 3. */
const AT_EXIT = `
import { readFileSync, writeSync } from 'node:fs';
const peak = () => /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
process.on('exit', () => writeSync(3, peak() + '\\n'));`;

/** What the root and every part of a repository have, of whatever kind it is. */
function commonFiles(parts: readonly string[]): Files {
  const services = parts.map(
    (part, i) => `  part-${i}:\n    build:\n      context: .\n      dockerfile: ${part}/Dockerfile\n`,
  );
  const steps = parts.map((part) => `      - run: docker build -f ${part}/Dockerfile .\n`);
  return {
    '.gitignore': 'node_modules/\ndist/\ntarget/\n*.log\n',
    '.dockerignore': '.git\nnode_modules\n*.log\n',
    'compose.yaml': `services:\n${services.join('')}`,
    '.github/workflows/build.yml': `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n${steps.join('')}`,
  };
}

/** The files of a tree, by path: its manifests, then as many sources as are missing to the count. */
function filesOf(kind: TreeKind, count: number): Files {
  const parts = Array.from({ length: Math.floor(count / FILES_A_PART) }, (_, index) => kind.part(index));
  const files: Record<string, string> = { ...commonFiles(parts), ...kind.root(parts) };
  for (const part of parts)
    for (const [path, text] of Object.entries(kind.filesOf(part))) files[`${part}/${path}`] = text;
  for (let index = 0, missing = count - Object.keys(files).length; index < missing; index++)
    files[`${parts[index % parts.length] ?? ''}/${kind.source(index)}`] = `value ${index}\n`.repeat(20 + (index % 200));
  return files;
}

function write(tree: string, files: Files, isTracked: boolean): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(tree, dirname(path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  if (!isTracked) return;
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: tree, stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message=first');
}

/** A run in a process of its own. @returns seconds, and MiB of resident memory at its peak */
async function measure(cli: string, tree: string): Promise<Figures> {
  const hook = `data:text/javascript,${encodeURIComponent(AT_EXIT)}`;
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', hook, cli, 'fix', '--dry-run', '.'], {
    cwd: tree,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let [peaks, complaints] = ['', ''];
  child.stdio[2]?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  child.stdio[3]?.on('data', (chunk: Buffer) => (peaks += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0 || peaks === '') throw new Error(`fix --dry-run in ${tree} ended with ${String(code)}: ${complaints}`);
  return { seconds, mebibytes: Math.max(...peaks.trim().split('\n').map(Number)) / 1024 };
}

const isHeavy = ({ seconds, mebibytes }: Figures): boolean => seconds >= MOST_SECONDS || mebibytes >= MOST_MEBIBYTES;

/** Measures again where it was too much, as another program may have had the processor. @returns the fastest of the runs */
async function leastOf(cli: string, tree: string): Promise<Figures> {
  let least = await measure(cli, tree);
  for (let run = 1; run < RUNS && isHeavy(least); run++) {
    const next = await measure(cli, tree);
    if (next.seconds < least.seconds) least = next;
  }
  return least;
}

/** Prints a line a tree. @returns the trees that take more time or memory than they may */
export async function heavyTrees(cli: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') {
    console.log('Whole repositories: skipped, the peak of memory is read from /proc, which only Linux has.');
    return [];
  }
  const heavy: string[] = [];
  for (let index = 0; index < TREES; index++) {
    const kind = TREE_KINDS[index % TREE_KINDS.length];
    if (kind === undefined) continue;
    const count = FEWEST + Math.round((index * (MOST - FEWEST)) / (TREES - 1));
    const isTracked = index % 2 === 1;
    const tree = mkdtempSync(join(tmpdir(), 'dockmod-bench-'));
    try {
      write(tree, filesOf(kind, count), isTracked);
      const figures = await leastOf(cli, tree);
      const name = `${kind.name}, ${count} files${isTracked ? ', git' : ''}`;
      const over = isHeavy(figures) ? `, over ${MOST_SECONDS} s or ${MOST_MEBIBYTES} MiB` : '';
      console.log(`${name.padEnd(44)}${figures.seconds.toFixed(2)} s, peak ${figures.mebibytes.toFixed(0)} MiB${over}`);
      if (isHeavy(figures)) heavy.push(name);
    } finally {
      rmSync(tree, { recursive: true });
    }
  }
  return heavy;
}
