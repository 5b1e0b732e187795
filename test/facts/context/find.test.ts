import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseDockerfile } from '../../../src/dockerfile/parse.js';
import { wantedManifests } from '../../../src/ecosystems/project-files.js';
import { findContext } from '../../../src/facts/context/find.js';
import { isRefusal } from '../../../src/refusal.js';

const base = mkdtempSync(join(tmpdir(), 'dockmod-find-'));
let count = 0;

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

/** The context found for the Dockerfile, relative to the root, and whether it is complete; or the reason. */
function find(path: string, text: string, others: Readonly<Record<string, string>>, explicit?: string): string {
  const root = join(base, String(count++));
  for (const [name, content] of Object.entries({ [path]: text, ...others })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const options = { root, explicit: explicit && join(root, explicit), wantedManifests };
  const found = findContext(join(root, path), parseDockerfile(text), options);
  if (isRefusal(found)) return found.reason;
  const { context } = found;
  const folder = [
    ...folders(join(root, dirname(path)), root),
    ...(explicit === undefined ? [] : [join(root, explicit)]),
  ].find((one) => context.dockerfile !== undefined && join(one, context.dockerfile) === join(root, path));
  const name = folder === undefined ? 'elsewhere' : relative(root, folder) || '.';
  return `${name}, ${context.origin}${context.complete ? '' : ', partial'}`;
}

function folders(start: string, root: string): string[] {
  return start === root ? [start] : [start, ...folders(dirname(start), root)];
}

const whole = 'FROM node\nCOPY . .\nRUN npm ci\n';

it('takes the folder of the Dockerfile when its sources are there', () => {
  expect(find('app/Dockerfile', 'FROM a\nCOPY a.txt b* /\n', { 'app/a.txt': '', 'app/bc': '', 'a.txt': '' })).toBe(
    "app, the Dockerfile's folder",
  );
});

it('goes up to where the sources are', () => {
  expect(find('docker/Dockerfile', 'FROM a\nCOPY src /src\n', { 'src/x': '', 'docker/entry.sh': '' })).toMatch(
    /^\., the folder \d+ above it$/,
  );
});

it('takes no folder for the application that holds nothing but Dockerfiles and what lies around them', () => {
  for (const beside of ['Dockerfile.dev', 'Dockerfile.orig', 'Dockerfile.md', 'README.md'])
    expect(find('x/Dockerfile', 'FROM a\nCOPY . .\n', { [`x/${beside}`]: '' })).toMatch(/^it copies a whole folder/);
  expect(find('x/Dockerfile', 'FROM a\nCOPY . .\n', { 'x/main.c': '' })).toMatch(/^x, /);
});

it('looks for what RUN mounts', () => {
  const text = 'FROM a\nRUN --mount=type=bind,source=go.mod,target=go.mod go build\n';
  expect(find('a/Dockerfile', text, { 'go.mod': '' })).toMatch(/^\., /);
});

it('goes up for COPY . . when the manifest is there', () => {
  expect(find('docker/Dockerfile', whole, { 'package.json': '{}' })).toMatch(/^\., /);
  expect(find('app/Dockerfile', whole, { 'app/package.json': '{}', 'package.json': '{}' })).toMatch(/^app, /);
});

it('says why there is none', () => {
  expect(find('docker/Dockerfile', whole, {})).toMatch(/^it copies a whole folder/);
  expect(find('docker/Dockerfile', whole, { 'docker/entry.sh': '' })).toMatch(/^it copies a whole folder/);
  expect(find('Dockerfile', 'FROM a\n', {})).toBe('it copies nothing from a build context');
  expect(find('Dockerfile', 'FROM a\nCOPY $X /\n', {})).toMatch(/^what it copies is not known/);
  expect(find('Dockerfile', 'FROM a\nCOPY x /\n', {})).toMatch(/^no folder holds what it copies/);
});

it('marks a context in which sources are missing', () => {
  expect(find('Dockerfile', 'FROM a\nCOPY a built /\n', { a: '' })).toBe(
    ". , the Dockerfile's folder, partial".replace(' ,', ','),
  );
});

it('does not choose between folders that each hold a part', () => {
  const text = 'FROM a\nCOPY a b c /\n';
  expect(find('x/Dockerfile', text, { 'x/a': '', b: '', c: '' })).toMatch(/each hold a part of what it copies/);
});

it('believes a compose file', () => {
  const compose = 'services:\n  web:\n    build:\n      context: .\n      dockerfile: docker/web.Dockerfile\n';
  expect(find('docker/web.Dockerfile', 'FROM a\nCOPY entry /\n', { 'compose.yaml': compose, 'docker/entry': '' })).toBe(
    '., compose.yaml, partial',
  );
  expect(find('app/Dockerfile', whole, { 'docker-compose.yml': 'services: {a: {build: ./app}}' })).toBe(
    'app, docker-compose.yml',
  );
});

it('does not choose between compose services', () => {
  const compose = 'services: {a: {build: ./app}, b: {build: {context: ., dockerfile: app/Dockerfile}}}';
  expect(find('app/Dockerfile', whole, { 'compose.yml': compose })).toMatch(/different contexts \(app, \.\)/);
});

it('survives compose files that are none', () => {
  for (const compose of [
    'build: [',
    '- build',
    'services: {a: {build: 7}, b: {build: {context: $X}}, c: null}',
    'services: {a: {build: ../../..}}',
  ])
    expect(find('Dockerfile', 'FROM a\nCOPY a /\n', { 'compose.yaml': compose, a: '' })).toBe(
      "., the Dockerfile's folder",
    );
});

it('takes --context as it is', () => {
  expect(find('docker/Dockerfile', whole, { 'app/x': '' }, 'app')).toBe('elsewhere, --context');
  expect(find('docker/Dockerfile', whole, {}, 'nowhere')).toMatch(/is no folder/);
});
