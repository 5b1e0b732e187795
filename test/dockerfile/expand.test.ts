import { describe, expect, it } from 'vitest';
import { expandKnown, expandWord, variablesOf } from '../../src/dockerfile/expand.js';

const values: Readonly<Record<string, string>> = { A: 'one', EMPTY: '', P: 'a/b/c.txt', É: 'two' };
const lookup = (name: string): string | undefined => values[name];

describe('expandWord', () => {
  it.each([
    ['plain', 'plain'],
    ['$A-${A}', 'one-one'],
    ['$A.$NONE', 'one.'],
    ['$É', 'two'],
    ['${NONE:-x$A}', 'xone'],
    ['${NONE:-"a}b"}', 'a}b'],
    ['${NONE:-${NONE:-y}}', 'y'],
    ['${EMPTY:-x}${EMPTY-y}', 'x'],
    ['${A:+set}${NONE:+unset}', 'set'],
    ['${EMPTY+set}${EMPTY:+filled}', 'set'],
    ['${A:?message}', 'one'],
    ['\'$A\' "$A"', '$A one'],
    ['"it\'s $A"', "it's one"],
    ["'a\"b'", 'a"b'],
    ['\\$A', '$A'],
    ['"\\$A \\n"', '$A \\n'],
    ['a\\b', 'ab'],
    ['${P##*/}|${P#*/}|${P%.*}|${P%%/*}', 'c.txt|b/c.txt|a/b/c|a'],
    ['${P%?txt}', 'a/b/c'],
    ['${P//\\//-}', 'a-b-c.txt'],
    ['${P/\\//-}', 'a-b/c.txt'],
    ['${P/b*/$A}', 'a/one'],
    ['${P#\\*}', 'a/b/c.txt'],
    ['${P#x*}|${P%x}|${P/z/y}', 'a/b/c.txt|a/b/c.txt|a/b/c.txt'],
    ['${P#a*b}|${P##*?}|${P%%*}', '/c.txt||'],
    ['${P//?/-}', '---------'],
    ['${P//b*}', '${P//b*}'],
    ['${P//b*/}', 'a/'],
    ['$', '$'],
    ['$(pwd)', '$(pwd)'],
    ['a$$b$@', 'ab'],
    ['${}', '${}'],
    ['${A', '${A'],
    ['${A!x}', '${A!x}'],
  ])('%s', (word, expected) => {
    expect(expandWord(word, lookup, '\\')).toBe(expected);
  });

  it('takes no long time for a pattern of many wildcards', () => {
    const start = performance.now();
    expect(expandWord(`\${A#${'*a'.repeat(20)}b}`, () => 'a'.repeat(2000), '\\')).toBe('a'.repeat(2000));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('takes the escape character of the directive', () => {
    expect(expandWord('C:\\$A', lookup, '`')).toBe('C:\\one');
    expect(expandWord('`$A', lookup, '`')).toBe('$A');
    expect(expandWord('"a`"b"', lookup, '`')).toBe('a"b');
  });
});

describe('expandKnown', () => {
  it.each<[string, string | undefined]>([
    ['plain', 'plain'],
    ['"quoted"', 'quoted'],
    ['$A', 'one'],
    ['$NONE', undefined],
    ['a${NONE}b', undefined],
    ['\\$NONE', '$NONE'],
    ["'$NONE'", '$NONE'],
    ['${NONE:-x}', 'x'],
    ['${NONE-}', ''],
    ['${NONE:+x}', ''],
    ['${NONE:-$A}', 'one'],
    ['${NONE:-$OTHER}', undefined],
    ['${A:-$NONE}', 'one'],
    ['${A:+$NONE}', undefined],
    ['${NONE:?message}', undefined],
    ['${NONE#x}', undefined],
    ['${A#$NONE}', undefined],
    ['$1', undefined],
  ])('%s', (word, expected) => {
    expect(expandKnown(word, lookup, '\\')).toBe(expected);
  });
});

describe('variablesOf', () => {
  it('gives names, operators and places', () => {
    const word = 'a-$B"${C:-d$E}"\\$F\'$G\'${H//x/y}$';
    const found = variablesOf(word, '\\').map(({ name, operator, start, end }) => [
      name,
      operator,
      word.slice(start, end),
    ]);
    expect(found).toEqual([
      ['B', '', '$B'],
      ['C', ':-', '${C:-d$E}'],
      ['H', '//', '${H//x/y}'],
    ]);
  });
});
