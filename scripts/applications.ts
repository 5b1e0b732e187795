// Builds, runs and compares the applications of test/applications before and after dockmod, on a real engine.
//
//   npm run test:build                    all of them, at the levels safe and default
//   npm run test:build -- NAME…           those whose names begin so
//   npm run test:build -- --part          those that fit into ten minutes, others for each commit
//
// At safe the image holds the same but caches, and answers the same; at default it builds and answers the same, after a
// restart, too. Exit code 1 where one does not; 3 where no engine can be had. An engine that it starts ends with it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { applications, rotated, type Application } from './applications/application.js';
import { behaviourOf } from './applications/behaviour.js';
import { build } from './applications/docker.js';
import { differences, readImage } from './applications/image.js';

const args = process.argv.slice(2);
const part = args.includes('--part');
const commit = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout.trim();
const engine = join(tmpdir(), 'dockmod-engine');
/** No application of a part begins later; the last one ends before ten minutes. */
const PART_MINUTES = 8;
const end = Date.now() + PART_MINUTES * 60_000;
const cli = resolve('dist', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'dockmod-applications-'));

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
startEngine();
const all = part ? rotated(applications([]), commit) : applications(args);
let [judged, failed] = [0, 0];
for (const application of all) {
  if (part && Date.now() > end) break;
  judged++;
  failed += (await judge(application)) ? 0 : 1;
}
console.log(`${judged} of ${all.length} applications, ${failed} wrong`);
process.exitCode = failed > 0 ? 1 : 0;

function startEngine(): void {
  const isOurs = !existsSync(join(engine, 'pid'));
  if (isOurs) process.on('exit', () => spawnSync('scripts/engine.sh', ['--stop', engine]));
  const { status, stderr } = spawnSync('scripts/engine.sh', [engine], { encoding: 'utf8', timeout: 900_000 });
  if (status !== 0) {
    console.error(stderr.trim());
    process.exit(status === 3 ? 3 : 1);
  }
  for (const [, name = '', value] of readFileSync(join(engine, 'env.sh'), 'utf8').matchAll(/(DOCKER_\w+)=(\S+)/g))
    process.env[name] = value;
}

async function judge(application: Application): Promise<boolean> {
  const { name } = application;
  const before = copy(application, 'before');
  const built = build(before, `dockmod/${name}:before`);
  if (built.code !== 0) return report(name, [`does not build before: ${lastLines(built.output)}`]);
  const expected = await behaviourOf(`dockmod/${name}:before`, application);
  const problems: string[] = [];
  const changed: string[] = [];
  for (const level of ['safe', 'default'] as const) {
    const after = copy(application, level);
    fixFolder(after, level);
    if (isSame(before, after)) continue;
    changed.push(level);
    problems.push(...(await compare(application, level, after, expected)));
  }
  return report(name, problems, changed);
}

async function compare(
  application: Application,
  level: 'safe' | 'default',
  after: string,
  expected: readonly string[],
): Promise<readonly string[]> {
  const tag = `dockmod/${application.name}`;
  const built = build(after, `${tag}:${level}`);
  if (built.code !== 0) return [`${level}: no longer builds: ${lastLines(built.output)}`];
  const different =
    level === 'safe' ? differences(await readImage(`${tag}:before`), await readImage(`${tag}:safe`)) : [];
  const answered = await behaviourOf(`${tag}:${level}`, application);
  const wrong = answered.filter((answer, index) => answer !== expected[index]);
  return [...different.slice(0, 5), ...wrong.map((answer) => `behaves differently: ${answer}`)].map(
    (line) => `${level}: ${line}`,
  );
}

function copy({ name, folder: context }: Application, variant: string): string {
  const target = join(folder, name, variant);
  cpSync(context, target, { recursive: true });
  return target;
}

function fixFolder(target: string, level: 'safe' | 'default'): void {
  const flags = level === 'safe' ? ['--safe'] : [];
  const { status, stderr } = spawnSync('node', [cli, 'fix', '--quiet', ...flags, target], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`dockmod ended with ${String(status)}: ${stderr}`);
}

function isSame(before: string, after: string): boolean {
  const read = (target: string, name: string): string | undefined =>
    existsSync(join(target, name)) ? readFileSync(join(target, name), 'utf8') : undefined;
  return ['Dockerfile', '.dockerignore'].every((name) => read(before, name) === read(after, name));
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-6).join('\n    ');
}

function report(name: string, problems: readonly string[], changed: readonly string[] = []): boolean {
  const what = changed.length === 0 ? 'left as it is' : `changed at ${changed.join(' and ')}`;
  console.log(problems.length === 0 ? `ok    ${name}: ${what}` : `WRONG ${name}: ${problems.join('\n      ')}`);
  return problems.length === 0;
}
