import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/dockerfile/edit.js';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import type { Dockerfile } from '../../src/dockerfile/types.js';
import { moveInstructions, type Destination, type Moved } from '../../src/edits/move.js';
import { splitPlace } from '../../src/edits/run-split.js';
import { isRefusal, type Refusal } from '../../src/refusal.js';
import { runScript } from '../../src/shell/run.js';

/** Moves the COPYs to after the last RUN, or to after its first command. */
function moved(text: string, options: { instead?: string[]; withComments?: boolean; split?: string[] } = {}): string {
  const dockerfile = parseDockerfile(text);
  const copies = dockerfile.instructions
    .filter(({ keyword }) => keyword === 'COPY')
    .map((instruction): Moved => ({ instruction, withComments: options.withComments === true }));
  const edits = moveInstructions(dockerfile, copies, destination(dockerfile, options.split), options.instead ?? []);
  return applyEdits(dockerfile.text, edits);
}

function destination(dockerfile: Dockerfile, repeated?: readonly string[]): Destination {
  const after = dockerfile.instructions.findLast(({ keyword }) => keyword === 'RUN');
  if (after === undefined) throw new Error('there is no RUN');
  if (repeated === undefined) return { after, split: undefined };
  const place = placeIn(dockerfile, after.index);
  if (isRefusal(place)) throw new Error(place.reason);
  return { after, split: { ...place, repeated } };
}

function placeIn(dockerfile: Dockerfile, index: number): { start: number; end: number } | Refusal {
  const instruction = dockerfile.instructions[index];
  const run = instruction && runScript(dockerfile, instruction);
  if (instruction === undefined || run === undefined || isRefusal(run)) throw new Error('it can not be read');
  const [first, second = first] = run.script.statements.flatMap(({ members }) => members);
  if (second === undefined) throw new Error('there is no command');
  return splitPlace(instruction, run, first === second ? undefined : first, second);
}

describe('instructions that move', () => {
  it.each([
    ['FROM a\nCOPY . .\nRUN b\nCMD c\n', 'FROM a\nRUN b\nCOPY . .\nCMD c\n'],
    ['FROM a\nCOPY . .\nRUN b', 'FROM a\nRUN b\nCOPY . .'],
    ['FROM a\r\nCOPY . .\r\nRUN b\r\n', 'FROM a\r\nRUN b\r\nCOPY . .\r\n'],
    ['FROM a\r\nCOPY . .\r\nRUN b\r', 'FROM a\r\nRUN b\r\nCOPY . .'],
    ['FROM a\n\nCOPY . .\n\nRUN b\n', 'FROM a\n\nRUN b\n\nCOPY . .\n'],
    ['FROM a\nCOPY . .\n\nRUN b\n', 'FROM a\n\nRUN b\n\nCOPY . .\n'],
    ['FROM a\nCOPY a .\nCOPY b .\nRUN c\n', 'FROM a\nRUN c\nCOPY a .\nCOPY b .\n'],
    ['FROM a\nCOPY a .\n\nCOPY b .\nRUN c', 'FROM a\n\nRUN c\nCOPY a .\n\nCOPY b .'],
    ['FROM a\n\tCOPY . .\n  RUN b\n', 'FROM a\n  RUN b\n\tCOPY . .\n'],
    ['FROM a\n# d\nCOPY . .\nRUN b\n', 'FROM a\n# d\nRUN b\nCOPY . .\n'],
    ['FROM a\nCOPY \\\n  # d\n  . .\nRUN b\n', 'FROM a\nRUN b\nCOPY \\\n  # d\n  . .\n'],
  ])('%j: after the RUN, %j', (text, expected) => {
    expect(moved(text)).toBe(expected);
  });

  it('take their comments along', () => {
    expect(moved('FROM a\n# d\nCOPY . .\nRUN b\n', { withComments: true })).toBe('FROM a\nRUN b\n# d\nCOPY . .\n');
  });

  it('leave other lines in the place of the first, in its indentation', () => {
    expect(moved('FROM a\r\n  COPY . .\r\n\r\nRUN b\r\n', { instead: ['COPY c .', 'COPY d .'] })).toBe(
      'FROM a\r\n  COPY c .\r\n  COPY d .\r\n\r\nRUN b\r\n\r\n  COPY . .\r\n',
    );
  });

  it.each([
    ['FROM a\nCOPY . .\nRUN b && c\n', [], 'FROM a\nRUN b\nCOPY . .\nRUN c\n'],
    ['FROM a\nCOPY . .\n\nRUN b && c', [], 'FROM a\n\nRUN b\n\nCOPY . .\n\nRUN c'],
    ['FROM a\nCOPY . .\nRUN cd w && b\n', ['cd w'], 'FROM a\nRUN cd w\nCOPY . .\nRUN cd w && b\n'],
    [
      'FROM a\r\nCOPY . .\r\n\trun --mount=type=ssh b \\\r\n\t\t&& c\r\n',
      [],
      'FROM a\r\n\trun --mount=type=ssh b\r\nCOPY . .\r\n\trun --mount=type=ssh c\r\n',
    ],
  ])('divide a RUN: %j with %j is %j', (text, repeated, expected) => {
    expect(moved(text, { split: repeated })).toBe(expected);
  });
});

describe('a RUN', () => {
  it.each([
    ['FROM a\nRUN b\n', 'nothing'],
    ['FROM a\nRUN <<E\nb\nc\nE\n', 'heredoc'],
    ['FROM a\nRUN b; c\n', 'one list'],
    ['FROM a\nRUN b || c\n', 'one list'],
    ['FROM a\nRUN b && c || d\n', 'one list'],
    ['FROM a\nRUN b && c &\n', 'one list'],
    ['FROM a\nRUN b && \\\n # d\n c\n', 'comment'],
  ])('%j is not divided: %s', (text, reason) => {
    const place = placeIn(parseDockerfile(text), 1);
    expect(isRefusal(place) && place.reason).toContain(reason);
  });
});
