import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { appendPlace } from '../../src/commands/append.js';
import { parseScript } from '../../src/shell/parse.js';
import { isRefusal } from '../../src/refusal.js';

/** The script with a command appended, or the reason why there is no place. */
function append(text: string, errexit = false): string {
  const place = appendPlace(parseScript(text), errexit);
  if (isRefusal(place)) return `${place.code}: ${place.reason}`;
  return `${text.slice(0, place.offset)}${place.operator === ';' ? ';' : ' &&'} echo last`;
}

describe('appendPlace', () => {
  it.each([
    ['a && b', 'a && b && echo last'],
    ['a; b;', 'a; b && echo last'],
    ['a || b', 'a || b && echo last'],
    ['set -e; a; b', 'set -e; a; b; echo last'],
    ['set -e && a; b', 'set -e && a; b; echo last'],
    ['set -e & a; b', 'set -e & a; b && echo last'],
    ['a && set -e; b', 'a && set -e; b && echo last'],
    ['set -e; a; set +e; b', 'set -e; a; set +e; b && echo last'],
    ['set -x; (set -e; a); b', 'set -x; (set -e; a); b && echo last'],
    ['set -e; ! a', 'set -e; ! a && echo last'],
    ['set -e; for i in 1 2; do a; b; done', 'set -e; for i in 1 2; do a; b; done; echo last'],
    ['set -e; f() { a; b; }; f', 'set -e; f() { a; b; }; f; echo last'],
    ['set -e; ! (a; b)', 'set -e; ! (a; b) && echo last'],
    ['if a; then b; fi', 'if a; then b; fi && echo last'],
  ])('goes on behind %j', (text, expected) => {
    expect(append(text)).toBe(expected);
  });

  it.each([
    ['a &', 'background'],
    ['a # b', 'comment'],
    ['a; exit', 'exit'],
    ['exec a', 'exec'],
    ['set -e; a && (b; c)', 'set -e'],
    ['(set -e; a; b)', 'set -e'],
    ['set -e; a; set +e; (b; c)', 'set -e'],
    ["echo 'a", "can't be read"],
  ])('has no place in %j', (text, reason) => {
    expect(append(text)).toMatch(/^no-place: /);
    expect(append(text)).toContain(reason);
  });

  it('knows a shell that starts with -e', () => {
    expect(append('(a; b)', true)).toBe('(a; b); echo last');
  });

  it.each(['dash', 'bash'])('keeps the exit status in %s, whichever command fails', (shell) => {
    if (spawnSync(shell, ['-c', ':']).error !== undefined) return;
    const shapes = [
      'A; B',
      'A && B',
      'A || B',
      '(A; B)',
      'f() { A; B; }; f',
      'true $(A; B)',
      '! (A; B)',
      'A && { B; }',
    ];
    const words = ['true', 'false', '(exit 3)'];
    for (const shape of shapes.flatMap((one) => [
      one,
      `set -e; ${one}`,
      `set -e & ${one}`,
      `set -e && true; ${one}`,
      `set -e || A; ${one}`,
      `set -x; (set -e; A); ${one}`,
      `set -e; A; set +e; ${one}`,
    ]))
      for (const a of words)
        for (const b of words) {
          const text = shape.replaceAll('A', a).replaceAll('B', b);
          const place = append(text);
          if (!place.endsWith('echo last')) continue;
          const status = (script: string): number | null => spawnSync(shell, ['-c', script]).status;
          expect(status(place), `${shell}: ${place}`).toBe(status(text));
        }
  });
});
