import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/dockerfile/edit.js';
import type { Edit } from '../../src/dockerfile/types.js';
import { LineMap } from '../../src/engine/line-map.js';

/** No character twice, so that each tells where it stood; what edits write is lower-case. */
const original = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Cuts a text at sorted offsets and replaces every other piece, which may be empty. */
const rounds = fc.array(
  fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), text: fc.constantFrom('', 'x', 'yz') })),
  { maxLength: 4 },
);

function editsOf(cuts: readonly { readonly at: number; readonly text: string }[], length: number): readonly Edit[] {
  const sorted = [...cuts].sort((a, b) => a.at - b.at).map(({ at, text }) => ({ at: Math.round(at * length), text }));
  return sorted.flatMap(({ at: start, text }, index) => {
    const end = sorted[index + 1]?.at ?? start;
    return index % 2 === 1 || (start === end && text === '') ? [] : [{ start, end, text }];
  });
}

describe('where something stood in the original', () => {
  it('is known of all that no edit wrote, over any rounds of edits', () => {
    fc.assert(
      fc.property(rounds, (given) => {
        const map = new LineMap(original);
        let text = original;
        for (const cuts of given) {
          const edits = editsOf(cuts, text.length);
          text = applyEdits(text, edits);
          map.add(edits);
        }
        for (let at = 0; at < original.length; at++) {
          const now = text.indexOf(original.charAt(at));
          if (now !== -1) expect(map.offset(now)).toBe(at);
        }
      }),
    );
  });

  it('is its own line, not that of lines removed behind it', () => {
    const map = new LineMap('FROM node\nRUN one\nRUN two\n');
    map.add([{ start: 18, end: 26, text: '' }]);
    expect(map.line(12)).toBe(2);
    expect(map.line(0)).toBe(1);
  });

  it('is the start of what a replacement replaced', () => {
    const map = new LineMap('FROM node\nRUN one\n');
    map.add([{ start: 10, end: 17, text: 'RUN two\nRUN three' }]);
    expect(map.offset(20)).toBe(10);
    expect(map.line(20)).toBe(2);
  });

  it('is what a message names, but for what it quotes', () => {
    const map = new LineMap('FROM node\nRUN one\nRUN two\n');
    const says = 'the RUN on line 3 (`sed line 3`) and lines 3 and 4';
    expect(map.message(says, { text: 'FROM node\nRUN one\nRUN two\n' })).toBe(says);
    map.add([{ start: 17, end: 17, text: ' && \\\n  three' }]);
    expect(map.message(says, { text: 'FROM node\nRUN one && \\\n  three\nRUN two\n' })).toBe(
      'the RUN on line 2 (`sed line 3`) and lines 2 and 3',
    );
  });
});
