import { chownSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from '../support/repositories.js';
import { AFTER, BEFORE, dockmod, folderWith, ONLY, read } from './program.js';

/** A plug-in that leaves a trace when its code runs, and changes every LABEL. */
const plugin = (trace: string): string => `
import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(trace)}, '');
export const shout = {
  name: 'shout', level: 'guarded', mayChange: ['labels'],
  *find({ dockerfile }) {
    for (const { keyword, start, end, body } of dockerfile.instructions)
      if (keyword === 'LABEL' && body.text === 'a=quiet')
        yield { kind: 'change', message: 'Shout', range: { start, end }, edits: [{ start, end, text: 'LABEL a=LOUD' }] };
  },
};
`;
const QUIET = 'FROM alpine:3.20\nLABEL a=quiet\n';
const LOUD = QUIET.replace('quiet', 'LOUD');
const CONFIG = JSON.stringify({ plugins: ['./shout.mjs'] });
const PACKAGE = JSON.stringify({ name: 'x', dockmod: { plugins: ['./shout.mjs'] } });

interface Tree {
  readonly folder: string;
  /** True when the plug-in of a folder has run. */
  readonly ran: (folder?: string) => boolean;
}

/** A tree in which a plug-in lies beside each configuration. @param below the configurations by path */
function treeWith(below: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>): Tree {
  const traces = folderWith({});
  const traceOf = (folder: string): string => join(traces, `${folder.replaceAll('/', '-')}.ran`);
  const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.');
  const plugins: Record<string, string> = {};
  for (const path of Object.keys(below)) plugins[`${folderOf(path)}/shout.mjs`] = plugin(traceOf(folderOf(path)));
  const folder = folderWith({ ...below, ...files, ...plugins });
  return { folder, ran: (where = '.') => existsSync(traceOf(where)) };
}

describe('code from a configuration', () => {
  it('runs when it is named at the root of the repository, from wherever in it dockmod is started', () => {
    const { folder, ran } = treeWith({ 'dockmod.config.json': CONFIG }, { 'api/deep/Dockerfile': QUIET });
    git(folder, 'init', '--quiet');
    expect(dockmod(join(folder, 'api'), ['fix'])).toMatchObject({ code: 0, err: '' });
    expect([ran(), read(folder, 'api/deep/Dockerfile')]).toEqual([true, LOUD]);
  });

  it('runs when it is named in the folder that was named, where there is no repository', () => {
    const { folder, ran } = treeWith({ 'tree/dockmod.config.json': CONFIG }, { 'tree/api/Dockerfile': QUIET });
    expect(dockmod(folder, ['fix', 'tree'])).toMatchObject({ code: 0, err: '' });
    expect([ran('tree'), read(folder, 'tree/api/Dockerfile')]).toEqual([true, LOUD]);
  });

  it.each([
    ['dockmod.config.json', CONFIG],
    ['dockmod.config.yaml', 'plugins: [./shout.mjs]\n'],
    ['package.json', PACKAGE],
  ])('never runs when it is named in a nested %s, which is said', (name, text) => {
    const { folder, ran } = treeWith({ [`api/${name}`]: text }, { 'api/Dockerfile': BEFORE, 'web/Dockerfile': BEFORE });
    git(folder, 'init', '--quiet');
    const runs = [
      ['check'],
      ['check', 'api'],
      ['check', 'api/Dockerfile'],
      ['fix', '--dry-run'],
      ['explain', 'api/Dockerfile'],
    ];
    for (const args of runs) {
      const { code, err, out } = dockmod(folder, [...args, ...ONLY]);
      expect([args, code]).toEqual([args, 2]);
      expect(err + out).toContain(
        `api/${name}: plugins: not loaded: only a configuration in ${folder} may name plug-ins`,
      );
    }
    dockmod(folder, ['check', '-', '--stdin-filename', 'api/Dockerfile'], BEFORE);
    expect(ran('api')).toBe(false);
    expect(dockmod(folder, ['fix', ...ONLY]).code).toBe(2);
    expect([read(folder, 'api/Dockerfile'), read(folder, 'web/Dockerfile')]).toEqual([BEFORE, AFTER]);
  });

  it('never runs, nor does a word of it count, when it lies above the repository or the folder that was named', () => {
    const above = JSON.stringify({ plugins: ['./shout.mjs'], skip: ['copy-instead-of-add'] });
    const { folder, ran } = treeWith({ 'dockmod.config.json': above }, { 'work/a/Dockerfile': BEFORE });
    const work = join(folder, 'work');
    const ways: readonly (readonly [cwd: string, args: readonly string[]])[] = [
      [work, []],
      [folder, ['work']],
      ['.', [join(work, 'a')]],
      ['.', [join(work, 'a/Dockerfile')]],
    ];
    for (const repository of [false, true]) {
      if (repository) git(work, 'init', '--quiet');
      for (const [cwd, paths] of ways) expect(dockmod(cwd, ['check', ...paths])).toMatchObject({ code: 1, err: '' });
    }
    expect(dockmod(work, ['check', '-', '--stdin-filename', 'a/Dockerfile'], BEFORE).code).toBe(1);
    expect(ran()).toBe(false);
  });

  it.runIf(process.getuid?.() === 0)('never runs from a repository that another account made around the folder', () => {
    const { folder, ran } = treeWith({ 'dockmod.config.json': CONFIG }, { 'work/Dockerfile': QUIET });
    git(folder, 'init', '--quiet');
    chownSync(join(folder, 'work'), 12345, 12345);
    expect(dockmod(join(folder, 'work'), ['fix'])).toMatchObject({ code: 0, err: '' });
    expect(ran()).toBe(false);
  });

  it('does not run with --no-plugins; what the configuration says besides holds, and names of its transforms are no error', () => {
    const config = JSON.stringify({
      plugins: ['./shout.mjs', 'not-installed'],
      skip: ['pin-base-image', 'whisper'],
      transforms: { shout: { volume: 11 }, 'run-as-non-root': false },
      overrides: [{ files: ['*'], skip: ['shout'] }],
    });
    const { folder, ran } = treeWith(
      { 'dockmod.config.json': config, 'api/package.json': PACKAGE },
      { Dockerfile: QUIET, 'api/Dockerfile': BEFORE },
    );
    expect(dockmod(folder, ['fix', '--no-plugins'])).toMatchObject({ code: 0, err: '' });
    expect([ran(), ran('api')]).toEqual([false, false]);
    expect([read(folder, 'Dockerfile'), read(folder, 'api/Dockerfile')]).toEqual([QUIET, AFTER]);
  });

  it('runs when --config or --transform names it, --no-plugins or not', () => {
    const { folder, ran } = treeWith({ 'api/dockmod.config.json': CONFIG }, { 'api/Dockerfile': QUIET });
    git(folder, 'init', '--quiet');
    expect(dockmod(folder, ['fix', '--config', 'api/dockmod.config.json', 'api'])).toMatchObject({ code: 0, err: '' });
    expect([ran('api'), read(folder, 'api/Dockerfile')]).toEqual([true, LOUD]);
    renameSync(join(folder, 'api/shout.mjs'), join(folder, 'mine.mjs'));
    const only = ['--only', 'shout'];
    const named = dockmod(folder, ['check', '--no-plugins', '--transform', 'mine.mjs', '-', ...only], QUIET);
    expect(named).toMatchObject({ code: 1, err: '' });
  });
});

describe('a nested configuration', () => {
  const nested = (root: object, api: object): string => {
    const folder = folderWith({
      'dockmod.config.json': JSON.stringify(root),
      'api/dockmod.config.json': JSON.stringify(api),
      Dockerfile: BEFORE,
      'api/Dockerfile': BEFORE,
    });
    git(folder, 'init', '--quiet');
    return folder;
  };
  const changedBy = (folder: string, ...args: string[]): (string | undefined)[] => {
    const { files } = JSON.parse(dockmod(folder, ['check', '--format', 'json', ...args]).out) as {
      files: readonly { readonly path: string; readonly changes: readonly { readonly transform: string }[] }[];
    };
    return files.flatMap(({ path, changes }) => changes.map(({ transform }) => `${path} ${transform}`)).sort();
  };

  it('keeps what the one above says, and narrows it', () => {
    const folder = nested({ level: 'safe' }, { skip: ['copy-instead-of-add'] });
    expect(changedBy(folder)).toEqual(['Dockerfile copy-instead-of-add']);
    expect(changedBy(folder, '--only', 'copy-instead-of-add')).toHaveLength(2);
  });

  it.each([
    [{ level: 'unsafe' }],
    [{ only: ['pin-base-image', 'copy-instead-of-add'] }],
    [{ transforms: { 'pin-base-image': true } }],
  ])('turns nothing on that is off above: %j', (api) => {
    const folder = nested({ skip: ['pin-base-image', 'run-as-non-root'] }, api);
    expect(changedBy(folder)).toEqual(['Dockerfile copy-instead-of-add', 'api/Dockerfile copy-instead-of-add']);
  });

  it('leaves out what the one above excludes, whatever its own patterns are', () => {
    const folder = nested({ exclude: ['api/Dockerfile'] }, { exclude: ['*.txt'] });
    expect(changedBy(folder, ...ONLY)).toEqual(['Dockerfile copy-instead-of-add']);
  });

  it('sets options, and may name the transforms of plug-ins above', () => {
    const text = `${QUIET}FROM node\nRUN node -v\n`;
    const folder = folderWith({
      'dockmod.config.json': JSON.stringify({ plugins: ['./shout.mjs'], only: ['pin-base-image', 'shout'] }),
      'shout.mjs': plugin('/dev/null'),
      'api/dockmod.config.json': JSON.stringify({
        skip: ['shout'],
        transforms: { 'pin-base-image': { granularity: 'major' } },
      }),
      Dockerfile: text,
      'api/Dockerfile': text,
    });
    expect(dockmod(folder, ['fix'])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'Dockerfile')).toContain('LOUD');
    expect(read(folder, 'api/Dockerfile')).toContain('quiet');
    expect(read(folder, 'api/Dockerfile')).toMatch(/^FROM node:\d+(?:-\w+)?$/m);
  });
});
