import { describe, expect, it } from 'vitest';
import { isDockerfileName } from '../../../src/facts/context/dockerfiles.js';
import { memoryContext } from '../../../src/facts/context/memory.js';

describe('the name of a Dockerfile', () => {
  it.each([
    'Dockerfile',
    'dockerfile',
    'DOCKERFILE',
    'Containerfile',
    'Dockerfile.dev',
    'Dockerfile.py',
    'Dockerfile.alpine3.19',
    'Dockerfile_dev',
    'Dockerfile-dev',
    'Dockerfile-py3.8',
    'Dockerfile-api.dev',
    'api.Dockerfile',
    'my-api.containerfile',
  ])('%s', (name) => {
    expect(isDockerfileName(name)).toBe(true);
  });
});

describe('no Dockerfile', () => {
  it.each([
    'Dockerfile.md',
    'Dockerfile.rst',
    'Dockerfile.dockerignore',
    'Containerfile.containerignore',
    'Dockerfile.dev.dockerignore',
    'Dockerfile.orig',
    'Dockerfile.rej',
    'Dockerfile.bak',
    'Dockerfile.tmp',
    'Dockerfile-dev.swp',
    'Dockerfile.dev~',
    'Dockerfile~',
    'dockerfile-parser.js',
    'dockerfile_lint.py',
    'dockerfiles',
    'dockerfile.yaml',
    'dockerfile.yml',
    'Dockerfile.json',
    'Dockerfile.txt',
    'Dockerfile.sh',
    'Dockerfile.ps1',
    'Dockerfile.j2',
    'Dockerfile.jinja',
    'Dockerfile.tmpl',
    'Dockerfile.tpl',
    'Dockerfile.erb',
    'Dockerfile.in',
    'Dockerfile.mustache',
    'Dockerfile.alpine.template',
    'Dockerfile_BACKUP_123',
    'Dockerfile.swo',
    'my-dockerfile',
    'package.json',
  ])('%s', (name) => {
    expect(isDockerfileName(name)).toBe(false);
  });
});

it('finds the Dockerfiles of a context, and not what lies around them', () => {
  const context = memoryContext({
    Dockerfile: '',
    'Dockerfile.md': '',
    'Dockerfile-py3.8': '',
    'a/b/c/Dockerfile': '',
    'a/b/c/d/Dockerfile': '',
    'node_modules/x/Dockerfile': '',
  });
  expect(context.otherDockerfiles()).toEqual(['Dockerfile', 'Dockerfile-py3.8', 'a/b/c/Dockerfile']);
});
