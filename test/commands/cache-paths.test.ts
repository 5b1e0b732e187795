import { expect, it } from 'vitest';
import { cachePaths, coversCache } from '../../src/commands/cache-paths.js';

it.each([
  ['rm /root/.cache', ['pip']],
  ['rm ~/.cache/*', ['pip']],
  ['rm ~/.cache/yarn', ['yarn']],
  ['rm $HOME/.npm', ['npm']],
  ['rm "$GEM_HOME"/cache/*.gem', ['gem']],
  ['rm /usr/local/bundle/cache', ['gem']],
  ['rm /home/app/.bundle', ['gem']],
  ['rm /rootXcache', []],
  ['rm /root/xcache/pip', []],
  ['rm /var/lib/apt/lists/*', ['apt-lists']],
  ['rm /var/lib/apt/lists/x', []],
  ['rm /var/lib/dnf/history*', ['rpm-history']],
  ['rm /var/cache/dnf', ['rpm']],
])('%s empties %j', (command, emptied) => {
  expect(cachePaths(command.slice('rm '.length)).emptied).toEqual(emptied);
});

it('takes a part of what is in ~/.cache for no cache', () => {
  expect(cachePaths('~/.cache/huggingface').inside).toBe(false);
  expect(cachePaths('~/.cache/pip/http').inside).toBe(true);
  expect(cachePaths('/var/lib/dnf/history.sqlite').inside).toBe(false);
});

it.each([
  ['pip', '/root/.cache/pip', true],
  ['pip', '/root/.cache', true],
  ['pip', '/home/app/.cache/pip/http', true],
  ['pip', '/root/.cache/uv', false],
  ['yarn', '/root/.cache/pip', false],
  ['composer', '/root/.composer', true],
  ['rpm', '/var/lib/dnf', false],
  ['rpm', '/var/cache', true],
  ['nothing', '/', false],
])('the cache of %s is covered by a mount at %s: %s', (cache, path, covered) => {
  expect(coversCache(cache, path)).toBe(covered);
});
