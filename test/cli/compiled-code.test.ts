import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { AFTER, BEFORE, dockmod, folderWith, ONLY, read, type Ran } from './program.js';

/** From Node 22 on Node itself keeps compiled code. */
const byNode = Number(process.versions.node.split('.')[0]) >= 22;

function start(cache: string, env: NodeJS.ProcessEnv = {}): Ran & { readonly fixed: string } {
  const folder = folderWith({ Dockerfile: BEFORE });
  const ran = dockmod(folder, ['fix', ...ONLY], '', { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, ...env });
  return { ...ran, fixed: read(folder, 'Dockerfile') };
}

function kept(cache: string): string {
  const names = readdirSync(join(cache, 'dockmod'));
  expect(names).toHaveLength(1);
  return join(cache, 'dockmod', names[0] ?? '');
}

describe.skipIf(byNode)('compiled code', () => {
  it('is kept at the first start, taken at the second, and does the same', () => {
    const cache = folderWith({});
    const first = start(cache);
    const file = kept(cache);
    const made = statSync(file).ino;
    expect([first.code, first.err, first.fixed]).toEqual([0, '', AFTER]);
    expect(start(cache)).toEqual(first);
    expect(statSync(file).ino).toBe(made);
  });

  it('is taken at the second start over many files, too', () => {
    const cache = folderWith({});
    const names = Array.from({ length: 200 }, (_, index) => `${index}/Dockerfile`);
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, BEFORE])));
    const run = (): Ran =>
      dockmod(folder, ['fix', '--dry-run', ...ONLY], '', { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache });
    run();
    const made = statSync(kept(cache)).ino;
    run();
    expect(statSync(kept(cache)).ino).toBe(made);
  });

  it('of another command is added to what is there', () => {
    const cache = folderWith({});
    const chunks = (): string[] =>
      Object.keys((deserialize(readFileSync(kept(cache))) as { compiled: object }).compiled);
    start(cache);
    const before = chunks();
    dockmod(cache, ['list'], '', { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache });
    expect(chunks()).toEqual(expect.arrayContaining(before));
    expect(chunks().length).toBeGreaterThan(before.length);
  });

  it.each(['', 'no compiled code', Buffer.from([0xff, 0x0f, 0x6f])])('that is damaged is made anew: %j', (damaged) => {
    const cache = folderWith({});
    start(cache);
    const whole = readFileSync(kept(cache)).length;
    writeFileSync(kept(cache), damaged);
    expect(start(cache)).toMatchObject({ code: 0, err: '', fixed: AFTER });
    expect(readFileSync(kept(cache)).length).toBeGreaterThan(whole / 2);
  });

  it.skipIf(process.getuid?.() !== 0)('of another user is not believed', () => {
    const cache = folderWith({});
    start(cache);
    chownSync(kept(cache), 4711, 4711);
    start(cache);
    expect(statSync(kept(cache)).uid).toBe(process.getuid?.());
  });

  it('is not kept where there is no place for it, or NODE_DISABLE_COMPILE_CACHE=1 says so', () => {
    const file = join(folderWith({ file: '' }), 'file');
    expect(start(file)).toMatchObject({ code: 0, err: '', fixed: AFTER });
    const cache = folderWith({});
    expect(start(cache, { NODE_DISABLE_COMPILE_CACHE: '1' })).toMatchObject({ code: 0, err: '', fixed: AFTER });
    expect(existsSync(join(cache, 'dockmod'))).toBe(false);
  });

  it('is read and written by its user alone', () => {
    const cache = folderWith({});
    mkdirSync(join(cache, 'dockmod'));
    chmodSync(join(cache, 'dockmod'), 0o755);
    start(cache);
    expect(statSync(kept(cache)).mode & 0o077).toBe(0);
  });
});
