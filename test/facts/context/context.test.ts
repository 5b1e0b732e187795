import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryContext } from '../../../src/facts/context/memory.js';
import { DiskTrees, diskContext } from '../../../src/facts/context/disk.js';
import type { BuildContext } from '../../../src/facts/context/types.js';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'dockmod-context-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const FILES = {
  Dockerfile: 'FROM a',
  'Dockerfile.dockerignore': 'secret\n',
  '.dockerignore': '**/*.log\n',
  'package.json': '{}',
  'packages/a/package.json': '{}',
  'packages/a/out.log': '',
  'packages/b/package.json': '{}',
  'packages/b/deep/package.json': '{}',
  'docker/Dockerfile.web': '',
  'node_modules/x/Dockerfile': '',
  secret: 'x',
};

const kinds: readonly [string, (dockerfile: string) => BuildContext][] = [
  ['in memory', (dockerfile) => memoryContext(FILES, { dockerfile })],
  [
    'on disk',
    (dockerfile) => {
      const root = write(FILES);
      return diskContext(root, { dockerfile: join(root, dockerfile), origin: 'test' });
    },
  ],
];

describe.each(kinds)('a context %s', (_, make) => {
  const context = make('Dockerfile');
  folders.length = 0;

  it('tells files from directories', () => {
    expect(context.exists('package.json')).toBe('file');
    expect(context.exists('./packages/a/')).toBe('directory');
    expect(context.exists('')).toBe('directory');
    expect(context.exists('package.json/x')).toBeUndefined();
    expect(context.exists('../x')).toBeUndefined();
    expect(context.list('packages')).toEqual(['a', 'b']);
    expect(context.list('package.json')).toBeUndefined();
    expect(context.read('package.json')).toBe('{}');
    expect(context.read('packages')).toBeUndefined();
    expect(context.head('package.json', 1)).toHaveLength(1);
  });

  it('matches patterns, without what is ignored', () => {
    expect(context.glob('packages/*/package.json')).toEqual(['packages/a/package.json', 'packages/b/package.json']);
    expect(context.glob('packages/**/package.json')).toHaveLength(3);
    expect(context.glob('./pack*.json')).toEqual(['package.json']);
    expect(context.glob('s*')).toEqual([]);
    expect(context.glob('packages/[')).toEqual([]);
  });

  it('prefers the ignore file of the Dockerfile', () => {
    expect(context.ignoreFile?.path).toBe('Dockerfile.dockerignore');
    expect(context.ignored('secret')).toBe(true);
    expect(context.ignored('packages/a/out.log')).toBe(false);
  });

  it('finds the other Dockerfiles', () => {
    expect(context.otherDockerfiles()).toEqual(['docker/Dockerfile.web']);
  });
});

it('reads the ignore file beside a Dockerfile outside the context', () => {
  const root = write({ 'app/x': '', 'docker/Dockerfile': '', 'docker/Dockerfile.dockerignore': 'x' });
  const context = diskContext(join(root, 'app'), { dockerfile: join(root, 'docker/Dockerfile'), origin: 'test' });
  expect(context.dockerfile).toBeUndefined();
  expect(context.ignoreFile).toEqual({ path: '../docker/Dockerfile.dockerignore', text: 'x' });
  expect(context.ignored('x')).toBe(true);
});

it('walks a folder once for the Dockerfiles that share an ignore file', () => {
  const root = write({ '.dockerignore': 'x', 'b.Dockerfile.dockerignore': 'y', x: '', y: '' });
  const trees = new DiskTrees();
  const filesFor = (name: string): readonly string[] | undefined =>
    diskContext(root, { dockerfile: join(root, name), origin: 'test' }, trees).glob('?');
  expect(filesFor('Dockerfile')).toEqual(['y']);
  expect(filesFor('a.Dockerfile')).toBe(filesFor('Dockerfile'));
  expect(filesFor('b.Dockerfile')).toEqual(['x']);
});

it('stays inside its directory', () => {
  const root = write({ 'outside/secret': 'x', 'app/inner/file': 'y' });
  const app = join(root, 'app');
  symlinkSync('../outside', join(app, 'out'));
  symlinkSync('inner', join(app, 'in'));
  symlinkSync('.', join(app, 'loop'));
  const context = diskContext(app, { origin: 'test' });
  expect(context.exists('out')).toBeUndefined();
  expect(context.read('out/secret')).toBeUndefined();
  expect(context.read('in/file')).toBe('y');
  expect(context.glob('**/file')).toEqual(['inner/file']);
});

it('does not take binary or large files for text', () => {
  const context = memoryContext({
    a: Uint8Array.of(0x1f, 0x8b, 0),
    b: 'x'.repeat(1024 * 1024 + 1),
    'package-lock.json': 'x'.repeat(2 ** 21),
  });
  expect(context.read('a')).toBeUndefined();
  expect(context.read('b')).toBeUndefined();
  expect(context.read('package-lock.json')).toHaveLength(2 ** 21);
  expect([...(context.head('a', 2) ?? [])]).toEqual([0x1f, 0x8b]);
});

it('gives up on a tree that is too large to be searched', () => {
  const files = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`d/${index}`, '']));
  expect(memoryContext(files).glob('**/x')).toBeUndefined();
  expect(memoryContext(files).glob('d/7')).toEqual(['d/7']);
});
