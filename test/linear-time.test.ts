import { describe, expect, it } from 'vitest';
import { expressionsIn } from '../scripts/recheck/expressions.js';
import { growsTooFast } from '../scripts/recheck/growth.js';
import { pumpsOf } from '../scripts/recheck/pumps.js';

const isSlow = (source: string, flags = ''): boolean =>
  pumpsOf({ source, flags, places: [] }).some((textOf) => growsTooFast(new RegExp(source, flags), textOf));

describe('the regular expressions of src and transforms', () => {
  it('are linear for texts that grow where they repeat something', { timeout: 600_000 }, () => {
    const expressions = expressionsIn(['src', 'transforms']);
    expect(expressions.length).toBeGreaterThan(500);
    const slow = expressions.filter(({ source, flags }) => isSlow(source, flags));
    expect(slow.map(({ places, source, flags }) => `${places.join(' ')}: /${source}/${flags}`)).toEqual([]);
  });

  it('would be told if they were not', { timeout: 120_000 }, () => {
    const squares: [string, string?][] = [
      ['\\/+$'],
      ['^\\s*;?\\s*$'],
      ['^\\s*cache\\s*=', 'm'],
      ['\\bnp[mx]\\b[^&|;\\n]*--offline', 'i'],
      ['<!--[\\s\\S]*?-->', 'g'],
      ['^(a+)+$'],
    ];
    expect(squares.filter(([source, flags]) => !isSlow(source, flags))).toEqual([]);
    expect(isSlow('^[ \\t]*cache\\s*=', 'm')).toBe(false);
  });
});
