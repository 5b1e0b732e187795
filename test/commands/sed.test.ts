import { describe, expect, it } from 'vitest';
import { runsOfSed } from '../../src/commands/sed.js';

describe('what a sed script runs', () => {
  it.each([
    's/a/e/g',
    's|/e|\\|e|2',
    's/[/]e/x/',
    'y/abc/efg/',
    '/^e/,/e$/d',
    '\\%e%I!d',
    '1~2p;$!N;:e;be',
    'a\\\n e date\\\n e',
    '$a e date',
    '/x/{s/a/b/;r e\n}',
    's/a/b/w e',
    '# e date\n2q1',
    '0,/x/s//y/',
  ])('nothing: %s', (script) => {
    expect(runsOfSed(script)).toEqual([]);
  });

  it.each([
    ['1e date', ['date']],
    ['/x/ { e date\n}', ['date']],
    ['p;e', [undefined]],
    ['s/^/ls /e', [undefined]],
    ['s,a,b,2ge;p', [undefined]],
    ['s/a/b/;1,3e ls\n$e date', ['ls', 'date']],
  ])('%s', (script, runs) => {
    expect(runsOfSed(script)).toEqual(runs);
  });

  it.each(['s/a/b', '/x', 'k', 's'])('can not be read: %s', (script) => {
    expect(runsOfSed(script)).toBeUndefined();
  });
});
