import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/dockerfile/edit.js';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { newInstruction, newRun } from '../../src/edits/new-instruction.js';
import { insertBeforeStart } from '../../src/edits/placement.js';

const AFTER = new Set(['FROM', 'RUN', 'COPY', 'USER']);

function inserted(text: string, ...instructions: (readonly string[])[]): string {
  const dockerfile = parseDockerfile(text);
  const stage = dockerfile.stages.at(-1);
  if (stage === undefined) throw new Error('there is no stage');
  return applyEdits(dockerfile.text, [insertBeforeStart(dockerfile, stage, instructions, AFTER)]);
}

describe('instructions before CMD and ENTRYPOINT', () => {
  it.each([
    ['FROM a\nRUN b\nCMD c\n', 'FROM a\nRUN b\nUSER 1\nCMD c\n'],
    ['FROM a\nRUN b\nENTRYPOINT c\nCMD d', 'FROM a\nRUN b\nUSER 1\nENTRYPOINT c\nCMD d'],
    ['FROM a\r\nRUN b\r\nEXPOSE 1\r\nCMD c\r\n', 'FROM a\r\nRUN b\r\nEXPOSE 1\r\nUSER 1\r\nCMD c\r\n'],
    ['FROM a\n\nRUN b\n\n# c\nCMD c\n', 'FROM a\n\nRUN b\n\nUSER 1\n\n# c\nCMD c\n'],
    ['FROM a\n\nRUN b\n\nCOPY c d\n\nCMD c\n', 'FROM a\n\nRUN b\n\nCOPY c d\n\nUSER 1\n\nCMD c\n'],
    ['FROM a\nRUN b\n\nCMD c\n', 'FROM a\nRUN b\n\nUSER 1\nCMD c\n'],
    // A RUN beside one that merge-run may join to it.
    ['FROM a\nRUN mkdir b\n\nCMD c\n', 'FROM a\nRUN mkdir b\nUSER 1\n\nCMD c\n'],
    ['FROM a\n\nRUN mkdir b\n\nCMD c\n', 'FROM a\n\nRUN mkdir b\n\nUSER 1\n\nCMD c\n'],
    // Not beside another instruction, or one that merge-run can't join.
    ['FROM a\nCOPY mkdir .\n\nCMD c\n', 'FROM a\nCOPY mkdir .\n\nUSER 1\nCMD c\n'],
    ['FROM a\nRUN ["mkdir", "b"]\n\nCMD c\n', 'FROM a\nRUN ["mkdir", "b"]\n\nUSER 1\nCMD c\n'],
    // A comment belongs to what it is above, and stays apart from what is above it.
    ['FROM a\nRUN b\n\n# c\nCMD c\n', 'FROM a\nRUN b\n\nUSER 1\n\n# c\nCMD c\n'],
    ['FROM a\nRUN b\n# c\nCMD c\n', 'FROM a\nRUN b\nUSER 1\n# c\nCMD c\n'],
    ['FROM a\n\nCMD c\n', 'FROM a\n\nUSER 1\nCMD c\n'],
    // The start is above what has to come first.
    ['FROM a\nCMD c\nCOPY b .\n', 'FROM a\nCMD c\nCOPY b .\nUSER 1\n'],
    ['FROM a\nCMD c\nCOPY b .', 'FROM a\nCMD c\nCOPY b .\nUSER 1'],
    ['FROM a\n\nCMD c\n\nCOPY b .\r\n', 'FROM a\n\nCMD c\n\nCOPY b .\r\n\nUSER 1\n'],
    ['FROM a\nEXPOSE 1\n', 'FROM a\nUSER 1\nEXPOSE 1\n'],
    ['FROM a\n\tRUN b\n\tCMD c\n', 'FROM a\n\tRUN b\n\tUSER 1\n\tCMD c\n'],
  ])('%j becomes %j', (text, expected) => {
    expect(inserted(text, ['USER 1'])).toBe(expected);
  });

  it('are apart where the file sets its own apart', () => {
    const spaced = 'FROM a\n\nRUN b\n\nCMD c\n';
    expect(inserted(spaced, ['RUN d && \\', '    e'], ['USER 1'])).toBe(
      'FROM a\n\nRUN b\n\nRUN d && \\\n    e\n\nUSER 1\n\nCMD c\n',
    );
    expect(inserted('FROM a\nRUN b\nCMD c\n', ['RUN d'], ['USER 1'])).toBe('FROM a\nRUN b\nRUN d\nUSER 1\nCMD c\n');
  });

  it('need one to come after', () => {
    const dockerfile = parseDockerfile('FROM a\nCMD b\n');
    const [stage] = dockerfile.stages;
    if (stage === undefined) throw new Error('there is no stage');
    expect(() => insertBeforeStart(dockerfile, stage, [['USER 1']], new Set(['COPY']))).toThrow(RangeError);
  });
});

describe('a new instruction', () => {
  it('is written in the casing of the file', () => {
    expect(newInstruction(parseDockerfile('from a\nrun b\n'), 'USER', '1')).toBe('user 1');
    expect(newInstruction(parseDockerfile('FROM a\nRUN b\n'), 'USER', '1')).toBe('USER 1');
  });

  it('is a RUN of one line where that is not too long', () => {
    expect(newRun(parseDockerfile('FROM a\n'), ['b', 'c'])).toEqual(['RUN b && c']);
  });

  const long = 'x'.repeat(60);
  it.each([
    ['FROM a\n', [`RUN ${long} && \\`, `    ${long} && \\`, '    y']],
    ['from a\r\nrun b \\\r\n\t&& c\r\n', [`run ${long} \\`, `\t&& ${long} \\`, '\t&& y']],
    ['# escape=`\nFROM a\nRUN b && `\n  c\n', [`RUN ${long} && \``, `  ${long} && \``, '  y']],
    ['FROM a\nRUN b && \\\n              c\n', [`RUN ${long} && \\`, `    ${long} && \\`, '    y']],
    ['FROM a\nRUN b && \\\nc\n', [`RUN ${long} && \\`, `    ${long} && \\`, '    y']],
  ])('is a RUN over several lines as %j writes them', (text, expected) => {
    expect(newRun(parseDockerfile(text), [long, long, 'y'])).toEqual(expected);
  });
});
