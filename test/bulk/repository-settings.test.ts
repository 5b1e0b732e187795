import { describe, expect, it } from 'vitest';
import type { Level } from '../../src/engine/levels.js';
import type { Change, Transform } from '../../src/engine/types.js';
import { fixRepository } from '../../src/bulk/plan/fix-repository.js';
import type { GitObject } from '../../src/bulk/git/objects.js';
import type { TreeEntry } from '../../src/bulk/git/tree.js';
import { openRepositoryFiles, type RepositoryFiles } from '../../src/bulk/plan/repository-files.js';

/** A safe transform whose second change is unsafe. */
const shout: Transform = {
  name: 'shout',
  group: 'custom',
  summary: 'Shout',
  level: 'safe',
  covers: [],
  mayChange: ['caches'],
  docs: '',
  *find({ dockerfile: { instructions } }) {
    for (const { keyword, start, end, body } of instructions) {
      const level: Level = body.text.includes('odd') ? 'unsafe' : 'safe';
      const edits = [{ start: end, end, text: ' && rm -rf /var/lib/apt/lists/*' }];
      if (keyword === 'RUN' && !body.text.includes('lists'))
        yield { kind: 'change', message: 'Shout', range: { start, end }, edits, level } satisfies Change;
    }
  },
};

function filesOf(texts: Readonly<Record<string, string>>): RepositoryFiles {
  const paths = Object.keys(texts);
  const entries = new Map<string, TreeEntry>(paths.map((path) => [path, { kind: 'file', mode: '100644', id: path }]));
  const read = (path: string): Promise<GitObject> =>
    Promise.resolve({ id: path, type: 'blob', content: Buffer.from(texts[path] ?? '') });
  return openRepositoryFiles({ entries, names: new Map([['', paths]]) }, { read, close: () => Promise.resolve() });
}

const configured = async (level: Level, configs: Readonly<Record<string, string>>) => {
  const files = filesOf({ 'api/Dockerfile': 'FROM a\nRUN b\nRUN odd\n', ...configs });
  const settings = { transforms: ['shout'], level, options: {}, plugins: [], preview: undefined };
  const { fixes, leftAlone } = await fixRepository(files, { settings, catalogue: [shout] });
  return [fixes.map((fix) => fix.level), leftAlone.map((one) => one.code)];
};

describe('the configurations of a repository', () => {
  it('narrow one another: none turns on what one above it turned off', async () => {
    const root = { 'dockmod.config.yaml': 'level: safe\n' };
    expect(await configured('unsafe', root)).toEqual([['safe'], ['level']]);
    expect(await configured('unsafe', { ...root, 'api/dockmod.config.json': '{"level":"unsafe"}' })).toEqual([
      ['safe'],
      ['level'],
    ]);
    const off = { 'dockmod.config.yaml': 'skip: [shout]\n', 'api/dockmod.config.json': '{"only":["shout"]}' };
    expect(await configured('unsafe', off)).toEqual([[], []]);
    const excluded = { 'package.json': '{"dockmod":{"exclude":["api"]}}', 'api/dockmod.config.yml': 'level: safe\n' };
    expect(await configured('unsafe', excluded)).toEqual([[], []]);
  });

  it('may name transforms of plug-ins, which no campaign loads', async () => {
    const config = 'plugins: [acme]\nskip: [whisper]\ntransforms: { whisper: { volume: 1 } }\n';
    expect(await configured('unsafe', { 'dockmod.config.yaml': config })).toEqual([['safe', 'unsafe'], []]);
    expect(await configured('unsafe', { 'dockmod.config.yaml': 'plugins: [acme]\nonly: [whisper]\n' })).toEqual([
      [],
      [],
    ]);
  });

  it('count once in a folder: the first by precedence', async () => {
    const both = { 'dockmod.config.json': '{}', 'package.json': '{"dockmod":{"skip":["shout"]}}' };
    expect(await configured('safe', both)).toEqual([['safe'], ['level']]);
  });
});

describe('the level of a repository', () => {
  it.each([
    ['unsafe', '{}', ['safe', 'unsafe'], []],
    ['guarded', '{}', ['safe'], ['unsafe level']],
    ['unsafe', 'level: guarded\n', ['safe'], ['unsafe level']],
    ['unsafe', 'overrides: [{ files: [Dockerfile], level: safe }]\n', ['safe'], ['unsafe level']],
    ['guarded', 'level: unsafe\n', ['safe'], ['unsafe level']],
  ] as const)('goes no higher than the campaign, here %s, nor than its own %j', async (level, config, made, left) => {
    const files = filesOf({ Dockerfile: 'FROM a\nRUN b\nRUN odd\n', 'dockmod.config.yaml': config });
    const settings = { transforms: ['shout'], level, options: {}, plugins: [], preview: undefined };
    const { fixes, leftAlone, problems } = await fixRepository(files, { settings, catalogue: [shout] });
    expect(problems).toEqual([]);
    expect(fixes.map((fix) => fix.level)).toEqual(made);
    expect(leftAlone.map((one) => `${one.level} ${one.code}`)).toEqual(left);
  });
});

describe('the plan of a repository', () => {
  it('says which files were skipped and why, and what their authors should look at', async () => {
    const files = filesOf({
      'api/Dockerfile': '# dockmod ignore\nFROM a\nRUN b\n',
      'api/Dockerfile.j2': 'FROM {{ base }}\n',
      'docs/Dockerfile.part': 'RUN make\n',
      'java/Dockerfile': 'FROM ${docker.base.image}\n',
      'old/Dockerfile': 'FROM a\nRUN b\n',
      'test/testdata/Dockerfile': 'FROM a\nRUN b\n',
      'node_modules/x/Dockerfile': 'FROM a\n',
      'dockmod.config.yaml': 'exclude: [old]\n',
    });
    const settings = { transforms: ['shout'], level: 'safe', options: {}, plugins: [], preview: undefined } as const;
    const { skipped, warnings, problems } = await fixRepository(files, { settings, catalogue: [shout] });
    expect(skipped.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      'api/Dockerfile.j2: its name is that of a template',
      'docs/Dockerfile.part: it has no FROM: by itself it is no Dockerfile',
      'java/Dockerfile: it is a template: something fills in `${docker.base.image}` in line 1 before a build',
      "old/Dockerfile: the repository's configuration excludes it",
      'test/testdata/Dockerfile: tests read it: it is in a folder named testdata',
    ]);
    expect(warnings.map(({ path, line }) => `${path}:${line}`)).toEqual(['api/Dockerfile:1']);
    expect(problems).toEqual([]);
  });
});
