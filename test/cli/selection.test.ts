import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from '../support/repositories.js';
import { AFTER, BEFORE, dockmod, folderWith, ONLY, read } from './program.js';

const SKIP_ALL_BUT = (name: string): string => JSON.stringify({ only: [name] });

describe('discovery', () => {
  it('takes the names that Dockerfiles have, and those that the configuration includes', () => {
    const taken = [
      'Dockerfile',
      'Dockerfile.dev',
      'dockerfile',
      'api.Dockerfile',
      'a/Containerfile',
      'a/Containerfile.x',
      'b/Dockerfile_dev',
      'b/Dockerfile-py3.8',
      'x/y.DOCKERFILE',
      'z/build.tmpl',
    ];
    const not = [
      'Dockerfile.dockerignore',
      'Dockerfile.md',
      'Dockerfile.bak',
      'Dockerfile-dev.swp',
      'dockerfile-parser.js',
      'my-dockerfile',
      'dockerfiles',
      'node_modules/a/Dockerfile',
      'vendor/Dockerfile',
      '.git/Dockerfile',
    ];
    const config = { 'dockmod.config.json': JSON.stringify({ only: ['copy-instead-of-add'], include: ['*.tmpl'] }) };
    const folder = folderWith({ ...Object.fromEntries([...taken, ...not].map((path) => [path, BEFORE])), ...config });
    expect(dockmod(folder, ['fix']).code).toBe(0);
    expect(taken.filter((path) => read(folder, path) !== AFTER)).toEqual([]);
    expect(not.filter((path) => read(folder, path) !== BEFORE)).toEqual([]);
  });

  it('respects .gitignore, nested ones and those above, and `exclude`, which holds for named files too', () => {
    const folder = folderWith({
      '.git/HEAD': '',
      '.gitignore': '/out/\n*.gen.Dockerfile\n',
      'api/.gitignore': '!keep.gen.Dockerfile\nlocal/\n',
      'api/dockmod.config.yaml': 'exclude: [old/]\n',
      ...Object.fromEntries(
        [
          'out/Dockerfile',
          'a.gen.Dockerfile',
          'api/keep.gen.Dockerfile',
          'api/local/Dockerfile',
          'api/old/Dockerfile',
        ].map((path) => [path, BEFORE]),
      ),
    });
    const would = (...args: string[]): string[] =>
      [...dockmod(folder, ['check', ...ONLY, ...args]).out.matchAll(/^(\S*Dockerfile)$/gm)].map(
        ([, path = '']) => path,
      );
    expect(would()).toEqual(['api/keep.gen.Dockerfile']);
    expect(would('api')).toEqual(['api/keep.gen.Dockerfile']);
    expect(would('out')).toEqual(['out/Dockerfile']);
    expect(would('a.gen.Dockerfile', 'api/old/Dockerfile', 'api/old')).toEqual(['a.gen.Dockerfile']);
    expect(would('--no-exclude', 'api/old/Dockerfile')).toEqual(['api/old/Dockerfile']);
    expect(would('--no-exclude')).toEqual(['api/keep.gen.Dockerfile', 'api/old/Dockerfile']);
    const old = readFileSync(join(folder, 'api/old/Dockerfile'), 'utf8');
    expect(dockmod(folder, ['fix', '-', '--stdin-filename', 'api/old/Dockerfile', ...ONLY], old).out).toBe(old);
  });
});

describe('excludeTrees', () => {
  it('leaves out vendored code and frozen releases by their usual names', () => {
    const paths = ['third_party/a', 'x/thirdparty/a', 'docs/v1.2/app', 'releases/2023', 'v2', 'v1.beta', 'src'];
    const files = Object.fromEntries(paths.map((path) => [`${path}/Dockerfile`, BEFORE]));
    const folder = folderWith({ ...files, 'dockmod.config.yaml': 'excludeTrees: [vendored, releases]\n' });
    expect(dockmod(folder, ['fix', ...ONLY])).toMatchObject({ code: 0 });
    expect(paths.filter((path) => read(folder, `${path}/Dockerfile`) === AFTER)).toEqual(['v2', 'v1.beta', 'src']);
  });

  it('names the presets that there are', () => {
    const folder = folderWith({ Dockerfile: BEFORE, 'dockmod.config.yaml': 'excludeTrees: [vendor]\n' });
    expect(dockmod(folder, ['check']).err).toContain('did you mean vendored? legal: vendored, releases');
  });
});

describe('configuration', () => {
  it.each([
    ['dockmod.config.json', SKIP_ALL_BUT('copy-instead-of-add')],
    ['dockmod.config.yml', 'only: [copy-instead-of-add]\n'],
    ['package.json', `{"name":"x","dockmod":${SKIP_ALL_BUT('copy-instead-of-add')}}`],
  ])('is found above the Dockerfile: %s', (name, text) => {
    const folder = folderWith({ 'a/b/Dockerfile': BEFORE, [name]: text, 'a/package.json': '{"name":"y"}' });
    git(folder, 'init', '--quiet');
    expect(dockmod(join(folder, 'a/b'), ['fix'])).toMatchObject({ code: 0 });
    expect(read(folder, 'a/b/Dockerfile')).toBe(AFTER);
  });

  it('has overrides; the command line wins over it', () => {
    const config = {
      skip: ['pin-base-image'],
      transforms: { 'copy-instead-of-add': false },
      overrides: [{ files: ['new/**'], transforms: { 'copy-instead-of-add': true }, level: 'safe' }],
    };
    const files = { 'dockmod.config.json': JSON.stringify(config), 'old/Dockerfile': BEFORE, 'new/Dockerfile': BEFORE };
    const folder = folderWith(files);
    dockmod(folder, ['fix', '--safe']);
    expect([read(folder, 'old/Dockerfile'), read(folder, 'new/Dockerfile')]).toEqual([BEFORE, AFTER]);
    dockmod(folder, ['fix', ...ONLY]);
    expect(read(folder, 'old/Dockerfile')).toBe(AFTER);
  });

  it('passes options on', () => {
    const config = JSON.stringify({
      only: ['pin-base-image'],
      transforms: { 'pin-base-image': { granularity: 'major' } },
    });
    const folder = folderWith({ 'dockmod.config.json': config, Dockerfile: 'FROM node\nCMD ["node"]\n' });
    expect(dockmod(folder, ['fix'])).toMatchObject({ code: 0 });
    expect(read(folder, 'Dockerfile')).toMatch(/^FROM node:\d+(?:-\w+)?\n/);
  });
});

const CUSTOM = `export const shout = {
  name: 'shout', level: 'unsafe', mayChange: ['labels'],
  *find({ dockerfile }) {
    for (const one of dockerfile.instructions)
      if (one.keyword === 'LABEL' && /quiet/.test(one.body.text))
        yield { kind: 'change', message: 'Shout', range: one, edits: [{ start: one.start, end: one.end, text: one.body.text.includes('break') ? 'USER x' : 'LABEL a=LOUD' }] };
  },
};
`;

describe('a transform of your own', () => {
  const text = 'FROM alpine:3.20\nLABEL a=quiet\n';

  it('is named on the command line, obeys its level, and runs in workers too', () => {
    const files = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`${i}.Dockerfile`, text]));
    const folder = folderWith({ 'shout.mjs': CUSTOM, ...files });
    dockmod(folder, ['fix', '--transform', './shout.mjs', '--skip', 'run-as-non-root,pin-base-image']);
    expect(read(folder, '7.Dockerfile')).toBe(text);
    expect(dockmod(folder, ['fix', '--transform', './shout.mjs', '--only', 'shout', '--jobs', '2'])).toMatchObject({
      code: 0,
    });
    expect(read(folder, '7.Dockerfile')).toBe('FROM alpine:3.20\nLABEL a=LOUD\n');
    expect(dockmod(folder, ['list', '--transform', 'shout.mjs']).out).toMatch(/^shout +unsafe/m);
  });

  it('is named in the configuration, and may change only what it declares', () => {
    const config = JSON.stringify({ plugins: ['./tools/shout.mjs'], only: ['shout'] });
    const folder = folderWith({
      'tools/shout.mjs': CUSTOM,
      'dockmod.config.json': config,
      Dockerfile: 'FROM alpine:3.20\nLABEL a="quiet break"\n',
      'z.Dockerfile': text,
    });
    const { code, err } = dockmod(folder, ['fix']);
    expect(code).toBe(2);
    expect(err).toMatch(/^error Dockerfile:2: shout: it may not change this/m);
    expect(read(folder, 'Dockerfile')).toContain('quiet break');
    expect(read(folder, 'z.Dockerfile')).toContain('LOUD');
  });

  it('is refused when it is not a transform', () => {
    const folder = folderWith({
      'a.mjs': 'export const x = 1;',
      'b.mjs': 'export default {name: "B", find() {}, level: "safe", mayChange: []}',
    });
    expect(dockmod(folder, ['fix', '--transform', 'a.mjs'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('it exports no transform') as string,
    });
    expect(dockmod(folder, ['fix', '--transform', 'b.mjs'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('kebab-case') as string,
    });
    expect(dockmod(folder, ['fix', '--transform', 'c.mjs'])).toMatchObject({
      code: 2,
      err: expect.stringContaining("it can't be loaded") as string,
    });
  });
});

it('says what --unsafe would add', () => {
  const folder = folderWith({ 'shout.mjs': CUSTOM, Dockerfile: 'FROM alpine:3.20\nLABEL a=quiet\n' });
  expect(dockmod(folder, ['fix', '--transform', 'shout.mjs']).out).toContain('--unsafe would add: shout 1');
});

describe('the build context', () => {
  const files = {
    'src/app/Dockerfile': 'FROM node:22-slim\nCOPY . .\nCMD ["node"]\n',
    'src/app/main.js': '',
    'src/x': '',
  };
  const only = ['--only', 'write-dockerignore'];

  it('that is no folder is an error', () => {
    const folder = folderWith(files);
    expect(dockmod(folder, ['check', '--context', 'nowhere'])).toMatchObject({ code: 2 });
    expect(dockmod(folder, ['check', '--context', 'src/x']).err).toContain('the build context src/x is no folder');
    expect(dockmod(folder, ['check', '-', '--context', 'src/x'], 'FROM a\n').err).toContain('is no folder');
  });

  it('that is a guess gets no ignore file; one that is said does', () => {
    const folder = folderWith(files);
    const { out } = dockmod(folder, ['explain', 'src/app/Dockerfile', ...only]);
    expect(out).toMatch(/Build context: .*\/src\/app \(the Dockerfile's folder, a guess: nothing says that/);
    expect(out).toContain('an ignore file belongs into the build context, which is a guess');
    const npm = { 'src/app/Dockerfile': 'FROM node:22-slim\nCOPY . .\nRUN npm ci\n' };
    const both = { ...files, ...npm, 'src/app/package.json': '{}', 'package.json': '{}' };
    const unsaid = dockmod(folderWith(both), ['explain', '.', ...only]).out;
    expect(unsaid).toContain("No build context: the Dockerfile's folder and the folder");
    const said = folderWith({ ...both, Makefile: 'image:\n\tdocker build src/app\n' });
    expect(dockmod(said, ['fix', ...only]).out).toContain('Create .dockerignore');
  });
});
