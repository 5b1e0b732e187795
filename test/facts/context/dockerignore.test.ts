import { describe, expect, it } from 'vitest';
import { ignoreMatcher } from '../../../src/facts/context/dockerignore.js';

const cases: readonly [text: string, ignored: string, kept: string][] = [
  ['node_modules', 'node_modules node_modules/a/b', 'a/node_modules node_modules2'],
  ['**/node_modules', 'node_modules a/b/node_modules/c', 'a/my_modules'],
  ['/dist/\n./out\n', 'dist/x out', 'a/dist'],
  ['*.log', 'a.log', 'b/a.log'],
  ['**/*.log', 'a.log b/c/a.log', 'a.logs'],
  ['*\n!src\n!package.json', 'README.md lib/a', 'src/a/b package.json'],
  ['docs\n!docs/keep.md', 'docs docs/a.md', 'docs/keep.md'],
  ['!a\na', 'a', 'b'],
  ['# a\n\n  b  \n #c', 'b #c', 'a'],
  ['\uFEFFa', 'a', 'b'],
  ['a?c', 'abc', 'ac a/c'],
  ['[ab]x\n[^cd]y', 'ax by', 'cx cy'],
  ['\\*x', '*x', 'ax'],
  ['a/**', 'a/b a/b/c', 'a b'],
  ['a/**/c', 'a/c a/b/c/d', 'a/b'],
  ['**', 'a b/c', ''],
  ['a+(c).{d}*', 'a+(c).{d}1', 'aa(c).{d} a+(c)x{d}'],
  ['a/../b', 'b', 'a'],
  ['foo/bar/..', 'foo/x', 'bar'],
  ['[', '', 'a ['],
  ['a.b\r\nc\r\n', 'a.b c', 'axb'],
];

describe('an ignore file is read as Docker reads it', () => {
  it.each(cases)('%j', (text, ignored, kept) => {
    const matcher = ignoreMatcher(text);
    for (const path of ignored.split(' ').filter(Boolean)) expect([path, matcher(path)]).toEqual([path, true]);
    for (const path of kept.split(' ').filter(Boolean)) expect([path, matcher(path)]).toEqual([path, false]);
  });
});

describe("somebody else's ignore file", () => {
  it.each([
    ['a dozen folders anywhere', '**/a/'.repeat(12) + 'b', 'a/'.repeat(400) + 'c'],
    ['stars between letters', '*a'.repeat(40), 'a'.repeat(4000) + 'b'],
    ['stars at any depth', '**/*a*'.repeat(10) + '/b', 'aa/'.repeat(400) + 'c'],
  ])('is matched in a time that grows with its length alone: %s', (_, pattern, path) => {
    const start = process.cpuUsage();
    expect(ignoreMatcher(pattern)(path)).toBe(false);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });

  it('may name characters beyond the first plane', () => {
    expect(ignoreMatcher('a?c')('a😀c')).toBe(true);
  });
});
