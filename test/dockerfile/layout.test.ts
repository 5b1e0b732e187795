import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachedComments, linesWithComments, rangesBetween } from '../../src/dockerfile/layout.js';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import type { Instruction, Range } from '../../src/dockerfile/types.js';

/** Ranges in source order that do not overlap but may touch. */
const ranges = fc
  .array(fc.record({ gap: fc.nat(2), length: fc.integer({ min: 1, max: 3 }) }), { maxLength: 8 })
  .map((parts) => {
    let end = 0;
    return parts.map(({ gap, length }): Range => {
      const start = end + gap;
      end = start + length;
      return { start, end };
    });
  });

describe('rangesBetween', () => {
  it('gives the ranges that lie between two offsets as a whole', () => {
    fc.assert(
      fc.property(ranges, fc.nat(20), fc.nat(20), (all, one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const within = all.filter((range) => range.start >= start && range.end <= end);
        expect(rangesBetween(all, start, end)).toEqual(within);
      }),
    );
  });
});

describe('comments above an instruction', () => {
  const text = ['# of the file', '', '# one', '  # two', '  RUN a \\', '    b', '# below', 'CMD x', ''].join('\n');
  const dockerfile = parseDockerfile(`FROM a\n${text}`);
  const run = dockerfile.instructions[1] as Instruction;
  const textOf = ({ start, end }: Range): string => dockerfile.text.slice(start, end);

  it('are those without a blank line between', () => {
    expect(attachedComments(dockerfile, run).map(textOf)).toEqual(['# one', '# two']);
  });

  it('make whole lines with it', () => {
    expect(textOf(linesWithComments(dockerfile, run))).toBe('# one\n  # two\n  RUN a \\\n    b\n');
  });
});
