import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/dockerfile/edit.js';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import { removeFlag, replaceKeyword, setFlag } from '../../src/edits/instruction-words.js';

function edited(
  line: string,
  edit: (dockerfile: Dockerfile, instruction: Instruction) => Edit | undefined,
): string | undefined {
  const dockerfile = parseDockerfile(`FROM a\n${line}`);
  const [, instruction] = dockerfile.instructions;
  const found = instruction && edit(dockerfile, instruction);
  return found && applyEdits(dockerfile.text, [found]).slice('FROM a\n'.length);
}

describe('the keyword', () => {
  it.each([
    ['ADD a b\n', 'COPY a b\n'],
    ['add a b', 'copy a b'],
    ['  Add a b\r\n', '  Copy a b\r\n'],
    ['aDD a b\n', 'copy a b\n'],
    ['ADD   a b\n', 'COPY  a b\n'],
    ['ADD  a b\n', 'COPY a b\n'],
    ['ADD\ta b\n', 'COPY\ta b\n'],
    ['AD\\\nD a b\n', undefined],
  ])('of %j is replaced: %j', (line, expected) => {
    expect(edited(line, (dockerfile, instruction) => replaceKeyword(dockerfile, instruction, 'COPY'))).toBe(expected);
  });
});

describe('a flag', () => {
  it.each([
    ['COPY a b\n', 'COPY --chown=1 a b\n'],
    ['copy\ta b', 'copy --chown=1\ta b'],
    ['COPY --from=c a b\n', 'COPY --from=c --chown=1 a b\n'],
    ['COPY --from=c \\\r\n  a b\r\n', 'COPY --from=c --chown=1 \\\r\n  a b\r\n'],
    ['COPY --chown=2:2 --from=c a b\n', 'COPY --chown=1 --from=c a b\n'],
    ['COPY \\\n  --link \\\n  --chown="2" a b\n', 'COPY \\\n  --link \\\n  --chown=1 a b\n'],
    ['COPY ["a", "b"]\n', 'COPY --chown=1 ["a", "b"]\n'],
  ])('is set in %j: %j', (line, expected) => {
    expect(edited(line, (_, instruction) => setFlag(instruction, 'chown', '1'))).toBe(expected);
  });

  it.each([
    ['COPY --chown=1 a b\n', 'COPY a b\n'],
    ['COPY --link --chown=1 --from=c a b', 'COPY --link --from=c a b'],
    ['COPY \\\r\n\t--link \\\r\n\t--chown=1 \\\r\n\ta b\r\n', 'COPY \\\r\n\t--link \\\r\n\ta b\r\n'],
    ['COPY --link \\\n  # c\n  a b\n', undefined],
    ['COPY \\\n  # c\n  --chown=1 a b\n', undefined],
    ['COPY --chown=1 \\\n  # c\n  a b\n', 'COPY \\\n  # c\n  a b\n'],
  ])('is taken out of %j: %j', (line, expected) => {
    expect(edited(line, (_, instruction) => removeFlag(instruction, 'chown'))).toBe(expected);
  });
});
