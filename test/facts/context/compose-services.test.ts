import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseDockerfile } from '../../../src/dockerfile/parse.js';
import { wantedManifests } from '../../../src/ecosystems/project-files.js';
import { findContext } from '../../../src/facts/context/find.js';
import { memoryContext } from '../../../src/facts/context/memory.js';
import { isRefusal } from '../../../src/refusal.js';

const base = mkdtempSync(join(tmpdir(), 'dockmod-compose-'));

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

function mounts(files: Readonly<Record<string, string>>, dockerfile = 'Dockerfile'): readonly string[] {
  const services = memoryContext(files, { dockerfile }).composeServices();
  return services.flatMap(({ file, mounts: paths }) => paths.map((path) => `${file} ${path}`));
}

it('reads the mounts of the services that build the Dockerfile', () => {
  const volumes = `volumes: ['./a:/a', 'b:/b:rw', '/c', './d:/d:ro', {type: tmpfs, target: /e}, {source: f, target: /f}]`;
  const compose = `services: {web: {build: ., ${volumes}}, other: {build: ./other, volumes: ['x:/x']}}`;
  expect(mounts({ 'compose.yml': compose })).toEqual(['/a', '/b', '/c', '/f'].map((path) => `compose.yml ${path}`));
});

it('adds what files beside it say of the same service, unless they build another Dockerfile', () => {
  expect(
    mounts({
      'docker-compose.yml': 'services: {web: {build: .}}',
      'docker-compose.prod.yml': `services: {web: {volumes: ['a:/a']}, db: {volumes: ['b:/b']}}`,
      'docker-compose.dev.yml': `services: {web: {build: {dockerfile: dev.Dockerfile}, volumes: ['c:/c']}}`,
      'docker-compose.ci.yml': `services: {web: {build: {target: ci}, volumes: ['d:/d']}}`,
    }),
  ).toEqual(['docker-compose.ci.yml /d', 'docker-compose.prod.yml /a']);
});

it('fills in what the .env file beside it says, and what a variable has by itself', () => {
  expect(
    mounts(
      {
        '.env': 'WEB_DOCKERFILE=./web/Dockerfile\n',
        'compose.yml':
          "services: {web: {build: {context: './', dockerfile: '${WEB_DOCKERFILE}'}, volumes: ['${DATA:-a}:/a']}}",
        'compose.x.yml': "services: {web: {volumes: ['${UNKNOWN}:/b']}}",
      },
      'web/Dockerfile',
    ),
  ).toEqual(['compose.x.yml /b', 'compose.yml /a']);
});

it('finds those in folders beside the Dockerfile', () => {
  expect(mounts({ 'deploy/compose.yml': `services: {web: {build: .., volumes: ['a:/a']}}` })).toEqual([
    'deploy/compose.yml /a',
  ]);
});

it('finds those above the context, up to the root', () => {
  const files = {
    'backend/Dockerfile': 'FROM a\nCOPY main.py /\n',
    'backend/main.py': '',
    'docker-compose.yml': `services: {api: {build: ./backend, volumes: ['uploads:/app/uploads']}}`,
    'deploy/compose.yml': `services: {api: {build: ../backend, privileged: true}}`,
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(base, name)), { recursive: true });
    writeFileSync(join(base, name), content);
  }
  const path = join(base, 'backend/Dockerfile');
  const found = findContext(path, parseDockerfile(files['backend/Dockerfile']), { root: base, wantedManifests });
  const services = isRefusal(found) ? [] : found.context.composeServices();
  expect(services.map(({ file, mounts: paths, rights }) => [file, ...paths, rights])).toEqual([
    ['../docker-compose.yml', '/app/uploads', undefined],
    ['../deploy/compose.yml', 'privileged'],
  ]);
});
