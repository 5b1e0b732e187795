import fc from 'fast-check';
import { applyPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../src/report/diff.js';
import { styleDiff, oneLine, showControls } from '../../src/report/terminal.js';

const text = fc
  .array(fc.constantFrom('a', 'b', 'RUN x', '', '\r', '+', '-- a', '@@'), { maxLength: 12 })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)));

describe('unifiedDiff', () => {
  it('turns before into after', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff('Dockerfile', before, after);
        expect(before === after ? before : applyPatch(before, diff, { autoConvertLineEndings: false })).toBe(after);
      }),
    );
  });

  it('is empty without a change, and names files as git does', () => {
    expect(unifiedDiff('x', 'a', 'a')).toBe('');
    expect(unifiedDiff('/srv/x', 'a\n', 'b\n')).toContain('--- a/srv/x\n+++ b/srv/x\n');
    expect(unifiedDiff('../x', 'a\n', 'b\n')).toContain('--- a/x\n');
    expect(unifiedDiff('x', undefined, 'b\n')).toBe(
      'diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,1 @@\n+b\n',
    );
  });

  it('replaces the whole file when the search would take too long', () => {
    const lines = (word: string): string => Array.from({ length: 6000 }, (_, i) => `${word}${i}\n`).join('');
    expect(applyPatch(lines('a'), unifiedDiff('x', lines('a'), lines('b')))).toBe(lines('b'));
  });
});

describe('what a terminal gets', () => {
  it('shows control characters instead of sending them', () => {
    expect(showControls('a\u001b[0m\u0007\u009b\u202e\r\n\tb')).toBe('a^[[0m^G\\x9b\\u202e^M\n\tb');
    expect(oneLine('a \n  b\u0000')).toBe('a b^@');
  });

  it('keeps the bytes of a diff for a program', () => {
    const diff = '--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-\u001b\n+b\r\n';
    expect(styleDiff(diff, { colour: false, terminal: false })).toBe(diff);
    expect(styleDiff(diff, { colour: false, terminal: true })).toContain('-^[\n+b^M\n');
    expect(styleDiff(diff, { colour: true, terminal: true })).toContain('\u001b[32m+b^M\u001b[39m');
  });
});
