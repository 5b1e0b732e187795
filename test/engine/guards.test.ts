import { describe, expect, it } from 'vitest';
import { insert, replace } from '../../src/dockerfile/edit.js';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import { change } from '../../src/engine/finding.js';
import { attempt, snapshotOf } from '../../src/engine/guards.js';
import type { Facet } from '../../src/image/types.js';
import { isRefusal, refuse } from '../../src/refusal.js';

const images = { base: () => undefined, pin: () => refuse('not-known', 'not known') };

/** The text that comes out, or the code of the guard that the edits break. */
function attempted(
  text: string,
  edits: (instructions: readonly Instruction[], dockerfile: Dockerfile) => readonly Edit[],
  mayChange: readonly Facet[] = [],
  askBoth = false,
): string {
  const dockerfile = parseDockerfile(text);
  const made = change('edit', { start: 0, end: 1 }, edits(dockerfile.instructions, dockerfile));
  const result = attempt(snapshotOf(dockerfile, images), [made], mayChange, { images, askBoth });
  return isRefusal(result) ? result.code : result.dockerfile.text;
}

const at = (instructions: readonly Instruction[], index: number): Instruction => {
  const instruction = instructions[index];
  if (instruction === undefined) throw new Error(`no instruction ${index}`);
  return instruction;
};

describe('edits are refused', () => {
  it('when what they write can not be read', () => {
    expect(attempted('FROM a\nRUN b\n', (all) => [replace(at(all, 1).keywordRange, 'RUNN')])).toBe('unreadable');
  });

  it('when they overlap', () => {
    const edits = [replace({ start: 7, end: 12 }, 'RUN c'), replace({ start: 11, end: 12 }, 'd')];
    expect(attempted('FROM a\nRUN b\n', () => edits)).toBe('bad-edits');
  });

  it('when a neighbour goes', () => {
    const text = 'FROM a\nRUN b\nRUN c\nRUN d\n';
    expect(attempted(text, (all) => [insert(at(all, 1).end, ' \\')], ['commands'])).toBe('swallowed');
    const above = (all: readonly Instruction[]): Edit[] => [insert(at(all, 2).start, 'RUN e \\\n')];
    expect(attempted(text, above, ['commands'])).toBe('swallowed');
    const both = (all: readonly Instruction[]): Edit[] => [insert(at(all, 1).end, ' \\'), insert(at(all, 3).end, 'e')];
    expect(attempted(text, both, ['commands'])).toBe('swallowed');
  });

  it('when a neighbour comes out with another text', () => {
    const text = 'FROM a\nRUN b \\\nLABEL c=d\nCMD e\n';
    expect(attempted(text, () => [insert(0, '# escape=`\n')], ['commands', 'labels'])).toBe('swallowed');
  });

  it('when two readers see the text differently, where both are asked', () => {
    const torn = (all: readonly Instruction[]): Edit[] => [insert(at(all, 1).end, ' \\\rc')];
    expect(attempted('FROM a\nRUN b\n', torn, ['commands'], true)).toBe('readers-differ');
    expect(attempted('FROM a\nRUN b\n', torn, ['commands'])).toBe('FROM a\nRUN b \\\rc\n');
    expect(attempted('FROM a\nRUN b\n', (all) => [insert(at(all, 1).end, ' c')], ['commands'], true)).toBe(
      'FROM a\nRUN b c\n',
    );
  });

  it('when the image differs in something else than it may', () => {
    const edits = (all: readonly Instruction[]): Edit[] => [insert(at(all, 1).end, ' c')];
    expect(attempted('FROM a\nRUN b\n', edits)).toBe('facet');
    expect(attempted('FROM a\nRUN b\n', edits, ['labels'])).toBe('facet');
  });
});

describe('edits go through', () => {
  it('beside instructions that they do not touch', () => {
    const text = 'FROM a\nLABEL b=c\nRUN d\nRUN e\n';
    const removed = attempted(text, (all) => [replace({ start: at(all, 1).start, end: at(all, 2).start }, '')], [
      'labels',
    ]);
    expect(removed).toBe('FROM a\nRUN d\nRUN e\n');
    expect(attempted(text, (all) => [insert(at(all, 2).end, '\nUSER 1')], ['user'])).toBe(
      'FROM a\nLABEL b=c\nRUN d\nUSER 1\nRUN e\n',
    );
  });

  it('and change nothing where they write what is there', () => {
    expect(attempted('FROM a\nRUN b\n', (all) => [replace(at(all, 1).keywordRange, 'RUN')])).toBe('FROM a\nRUN b\n');
  });
});
