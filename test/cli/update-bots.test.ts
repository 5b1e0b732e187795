import { expect, it } from 'vitest';
import { git } from '../support/repositories.js';
import { dockmod, folderWith, read } from './program.js';

it('a Dockerfile in a folder that Dependabot looks into gets a patch version, the others one that stays compatible', () => {
  const folder = folderWith({
    '.github/dependabot.yml': 'version: 2\nupdates:\n  - package-ecosystem: docker\n    directory: /web\n',
    Dockerfile: 'FROM node\n',
    'web/Dockerfile': 'FROM node\n',
    'web/api/Dockerfile': 'FROM node\n',
  });
  git(folder, 'init', '-q');
  dockmod(folder, ['fix', '--only', 'pin-base-image']);
  expect(read(folder, 'web/Dockerfile')).toMatch(/^FROM node:\d+\.\d+\.\d+-\w+\n$/);
  for (const path of ['Dockerfile', 'web/api/Dockerfile']) expect(read(folder, path)).toMatch(/^FROM node:\d+\n$/);
});
