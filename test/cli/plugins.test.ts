import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from '../support/repositories.js';
import { dockmod, folderWith, read } from './program.js';

const ROOT = join(import.meta.dirname, '../..');
const QUIET = 'FROM alpine:3.20\nLABEL a=quiet\nCMD ["true"]\n';
const LOUD = QUIET.replace('quiet', 'LOUD');

/** A transform as a literal. @param find statements of its body */
const transform = (name: string, find = SHOUT): string => `{
  name: '${name}', level: 'guarded', mayChange: ['labels'], summary: 'Shout in labels.',
  *find({ dockerfile }) { ${find} },
}`;
const SHOUT = `for (const { keyword, start, end, body } of dockerfile.instructions)
  if (keyword === 'LABEL' && body.text === 'a=quiet')
    yield { kind: 'change', message: 'Shout', range: { start, end }, edits: [{ start, end, text: 'LABEL a=LOUD' }] };`;

/** The files of an installed package. */
function installed(name: string, manifest: object, files: Readonly<Record<string, string>>): Record<string, string> {
  const all = { 'package.json': JSON.stringify({ name, version: '1.0.0', ...manifest }), ...files };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [`node_modules/${name}/${path}`, text]));
}

function repositoryWith(files: Readonly<Record<string, string>>, config: object): string {
  const folder = folderWith({ 'dockmod.config.json': JSON.stringify(config), Dockerfile: QUIET, ...files });
  git(folder, 'init', '--quiet');
  return folder;
}

const ESM = { type: 'module', exports: { '.': { import: './lib/index.js' }, './extra': './lib/extra.js' } };

describe('a plug-in is found as a package', () => {
  it.each([
    ['acme-codemods', installed('acme-codemods', ESM, { 'lib/index.js': `export const a = ${transform('shout')};` })],
    [
      'acme-codemods/extra',
      installed('acme-codemods', ESM, { 'lib/extra.js': `export default [${transform('shout')}];` }),
    ],
    [
      '@acme/codemods',
      installed('@acme/codemods', { main: 'main.js' }, { 'main.js': `module.exports = [${transform('shout')}];` }),
    ],
    ['old', installed('old', {}, { 'index.js': `exports.transforms = [${transform('shout')}];` })],
  ])('%s', (name, files) => {
    const folder = repositoryWith({ ...files, 'api/Dockerfile': QUIET }, { plugins: [name], only: ['shout'] });
    expect(dockmod(join(folder, 'api'), ['fix'])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'api/Dockerfile')).toBe(LOUD);
    expect(dockmod(folder, ['fix', '--no-plugins', '--transform', name])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'Dockerfile')).toBe(LOUD);
  });

  it('by worker threads, too', () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`${i}.Dockerfile`, QUIET]));
    const files = installed('acme', ESM, { 'lib/index.js': `export const a = ${transform('shout')};` });
    const folder = repositoryWith({ ...many, ...files }, { plugins: ['acme'], only: ['shout'] });
    expect(dockmod(folder, ['fix', '--jobs', '2'])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, '79.Dockerfile')).toBe(LOUD);
  });

  it('a file of that name goes first, as before', () => {
    const files = { 'tools/shout.mjs': `export const a = ${transform('shout')};` };
    const folder = repositoryWith(files, { plugins: ['tools/shout.mjs'], only: ['shout'] });
    expect(dockmod(folder, ['fix'])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'Dockerfile')).toBe(LOUD);
  });

  it('never above the repository', () => {
    const above = folderWith({
      ...installed('acme', ESM, { 'lib/index.js': `export const a = ${transform('shout')};` }),
      'work/dockmod.config.json': JSON.stringify({ plugins: ['acme'] }),
      'work/Dockerfile': QUIET,
    });
    const work = join(above, 'work');
    git(work, 'init', '--quiet');
    const { code, err } = dockmod(work, ['fix']);
    expect([code, read(work, 'Dockerfile')]).toEqual([2, QUIET]);
    expect(err).toContain(
      `error dockmod.config.json: plug-in acme: it can't be loaded: there is no file ${work}/acme, and no package acme in node_modules up to ${work}`,
    );
  });

  it('whose entry is missing is named', () => {
    const folder = repositoryWith(installed('acme', ESM, {}), { plugins: ['acme'] });
    expect(dockmod(folder, ['fix'])).toMatchObject({ code: 2, err: expect.stringContaining('acme') as string });
    expect(dockmod(folder, ['fix', '--no-plugins', '--transform', 'acme/gone']).err).toMatch(
      /^error plug-in acme\/gone: it can't be loaded: Package subpath '\.\/gone' is not defined by "exports" in /,
    );
  });
});

describe('list and explain', () => {
  it('know the plug-ins of the configuration, from any folder below it', () => {
    const files = installed('acme', ESM, { 'lib/index.js': `export const a = ${transform('shout')};` });
    const folder = repositoryWith({ ...files, 'api/Dockerfile': QUIET }, { plugins: ['acme'], skip: ['shout'] });
    const plugin = join(folder, 'node_modules/acme/lib/index.js');
    for (const cwd of [folder, join(folder, 'api')]) {
      expect(dockmod(cwd, ['list']).out).toMatch(/^shout +guarded +Shout in labels\. \(.*index\.js\)$/m);
      const rows = JSON.parse(dockmod(cwd, ['list', '--format', 'json']).out) as object[];
      expect(rows).toContainEqual(expect.objectContaining({ name: 'shout', group: 'custom', plugin }));
      expect(dockmod(cwd, ['explain', 'shout']).out).toContain(
        `Shout in labels.\n\nMay change in the image: labels\nPlug-in: ${plugin}\n`,
      );
      expect(dockmod(cwd, ['explain', 'shuot']).err).toContain('did you mean shout?');
      for (const args of [['list'], ['explain', 'shout']])
        expect(dockmod(cwd, [...args, '--no-plugins']).out).not.toContain('shout');
    }
    expect(dockmod('.', ['list', '--config', join(folder, 'dockmod.config.json')]).out).toMatch(/^shout /m);
  });

  it('run no plug-in for a transform that is shipped', () => {
    const folder = repositoryWith({ 'broken.mjs': 'throw new Error("ran");' }, { plugins: ['./broken.mjs'] });
    expect(dockmod(folder, ['explain', 'merge-run'])).toMatchObject({ code: 0, err: '' });
    expect(dockmod(folder, ['list'])).toMatchObject({ code: 2, err: expect.stringContaining('ran') as string });
  });
});

describe('a plug-in that fails', () => {
  it('while it is loaded is named with its file and stack, without a frame of dockmod or Node.js', () => {
    const text = 'function connect() {\n  throw new Error("no registry");\n}\nconnect();\n';
    const folder = repositoryWith({ 'broken.mjs': text }, { plugins: ['./broken.mjs'] });
    const file = join(folder, 'broken.mjs');
    const told = `${file}: it can't be loaded: no registry\n    at connect (file://${file}:2:9)\n    at file://${file}:4:1\n`;
    expect(dockmod(folder, ['fix'])).toEqual({
      code: 2,
      out: expect.anything() as string,
      err: `error dockmod.config.json: ${told}`,
    });
    expect(dockmod(folder, ['fix', '--no-plugins', '--transform', 'broken.mjs'])).toMatchObject({
      code: 2,
      err: `error ${told}`,
    });
    expect(dockmod(folder, ['list'])).toMatchObject({
      code: 2,
      err: `error ${join(folder, 'dockmod.config.json')}: ${told}`,
    });
    expect(dockmod(folder, ['fix', '-'], QUIET)).toMatchObject({
      code: 2,
      err: `error ${join(folder, 'dockmod.config.json')}: ${told}`,
    });
    expect(read(folder, 'Dockerfile')).toBe(QUIET);
  });

  it.each([
    ['\nexport const a = ;', ":2: it can't be loaded: SyntaxError: Unexpected token ';'"],
    ['import "not-there";', ": it can't be loaded: Cannot find package 'not-there'"],
    ['throw 7;', ": it can't be loaded: 7"],
  ])('%s', (text, message) => {
    const folder = repositoryWith({ 'broken.mjs': text }, { plugins: ['./broken.mjs'] });
    const { code, err } = dockmod(folder, ['check']);
    expect([code, err.split('\n').length]).toEqual([2, 2]);
    expect(err).toContain(`error dockmod.config.json: ${join(folder, 'broken.mjs')}${message}`);
  });

  it('by waiting for what never comes is named', { timeout: 60_000 }, () => {
    const text = `await new Promise(() => {});\nexport const a = ${transform('shout')};\n`;
    const folder = repositoryWith({ 'broken.mjs': text }, { plugins: ['./broken.mjs'] });
    const { code, err } = dockmod(folder, ['check']);
    expect([code, err]).toEqual([
      2,
      `error dockmod.config.json: ${join(folder, 'broken.mjs')}: it can't be loaded: it is not ready after 10 s\n`,
    ]);
  });

  it('to close what it opens does not keep the program', { timeout: 60_000 }, () => {
    const text = `setInterval(() => {}, 1000);\nexport const a = ${transform('shout')};\n`;
    const folder = repositoryWith({ 'open.mjs': text }, { plugins: ['./open.mjs'], only: ['shout'] });
    expect(dockmod(folder, ['fix'])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'Dockerfile')).toBe(LOUD);
  });

  it('on a Dockerfile is named with its file and stack in every report, and the others go on', () => {
    const lines = `export const a = ${transform('stumble', 'help(dockerfile);')};\nfunction help(it) {\n  it.nothing.here();\n}\n`;
    const files = installed('acme', ESM, {
      'lib/index.js': `export const b = ${transform('shout')};\nexport * from './stumble.js';`,
      'lib/stumble.js': lines,
    });
    const folder = repositoryWith(files, { plugins: ['acme'], only: ['stumble', 'shout'] });
    const broken = join(folder, 'node_modules/acme/lib/stumble.js');
    const message = `stumble (${join(folder, 'node_modules/acme/lib/index.js')}) failed: Cannot read properties of undefined (reading 'here')`;
    const stack = new RegExp(`^ {4}at help \\(file://${broken}:6:14\\)\\n {4}at .*${broken}:3:[0-9]+\\)$`);
    const json = JSON.parse(dockmod(folder, ['check', '--format', 'json']).out) as {
      files: readonly [{ problems: readonly object[] }];
    };
    expect(json.files[0].problems).toEqual([
      {
        kind: 'crash',
        path: 'Dockerfile',
        transform: 'stumble',
        message,
        stack: expect.stringMatching(stack) as string,
      },
    ]);
    expect(dockmod(folder, ['explain', 'Dockerfile']).out).toContain(`  Dockerfile: ${message}\n    at help (`);
    const { code, err } = dockmod(folder, ['fix']);
    expect(code).toBe(2);
    expect(err).toContain(`error Dockerfile: ${message}\n    at help (file://${broken}:6:14)\n`);
    expect(err).not.toContain('/dist/');
    expect(read(folder, 'Dockerfile')).toBe(LOUD);
  });
});

describe('docs/plugins.md', () => {
  it('shows a plug-in that works as a package of its own', () => {
    const [, code = ''] = /```js\n([^]*?)```/.exec(readFileSync(join(ROOT, 'docs/plugins.md'), 'utf8')) ?? [];
    const files = installed('@acme/dockmod-plugin', { type: 'module', exports: './index.js' }, { 'index.js': code });
    const folder = repositoryWith(files, { plugins: ['@acme/dockmod-plugin'], skip: ['pin-base-image'] });
    symlinkSync(ROOT, join(folder, 'node_modules/dockmod'));
    expect(dockmod(folder, ['fix'])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'Dockerfile')).toContain('FROM registry.example.com/library/alpine:3.20\n');
    expect(dockmod(folder, ['fix', '--exit-code'])).toMatchObject({ code: 0, err: '' });
  });
});
