import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/dockerfile/edit.js';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import { insertAfter, insertBefore, removeInstruction } from '../../src/edits/instructions.js';

function edited(text: string, index: number, edit: (dockerfile: Dockerfile, at: Instruction) => Edit): string {
  const dockerfile = parseDockerfile(text);
  const at = dockerfile.instructions[index];
  if (at === undefined) throw new Error(`no instruction ${index}`);
  return applyEdits(dockerfile.text, [edit(dockerfile, at)]);
}

describe('whole instructions', () => {
  it('are removed with the comments attached to them', () => {
    const text = 'FROM a\n\n# about b\nRUN b\nRUN c\n';
    expect(edited(text, 1, (d, i) => removeInstruction(d, i))).toBe('FROM a\n\nRUN c\n');
    expect(edited(text, 1, (d, i) => removeInstruction(d, i, { keepComments: true }))).toBe(
      'FROM a\n\n# about b\nRUN c\n',
    );
  });

  it('leave no newline behind at the end of a file that has none', () => {
    expect(edited('FROM a\r\nRUN b', 1, (d, i) => removeInstruction(d, i))).toBe('FROM a');
    expect(edited('FROM a\nRUN b', 1, (d, i) => removeInstruction(d, i))).toBe('FROM a');
    expect(edited('FROM a', 0, (d, i) => removeInstruction(d, i))).toBe('');
    expect(edited('FROM a\nRUN b\nRUN c', 1, (d, i) => removeInstruction(d, i))).toBe('FROM a\nRUN c');
  });

  it('leave the newline before them where the file ends with one', () => {
    expect(edited('FROM a\nRUN b\n', 1, (d, i) => removeInstruction(d, i))).toBe('FROM a\n');
    expect(edited('FROM a\n\nRUN b\n', 1, (d, i) => removeInstruction(d, i))).toBe('FROM a\n\n');
  });

  it('end an instruction that goes on with nothing, before others come below it', () => {
    const after = (text: string): string => edited(text, 1, (d, i) => insertAfter(d, i, ['USER a']));
    expect(after('FROM a\nRUN b \\\n\n')).toBe('FROM a\nRUN b\nUSER a\n\n');
    expect(after('FROM a\nRUN b \\')).toBe('FROM a\nRUN b\nUSER a');
    expect(after('FROM a\r\nRUN b \\ \r\n')).toBe('FROM a\r\nRUN b\r\nUSER a\r\n');
    expect(after('FROM a\nRUN b \\\n  \\\n# c \\\n')).toBe('FROM a\nRUN b\n\nUSER a\n# c \\\n');
    expect(after('# escape=`\nFROM a\nRUN b `\n')).toBe('# escape=`\nFROM a\nRUN b\nUSER a\n');
    expect(after('FROM a\nRUN b \\\\\n')).toBe('FROM a\nRUN b \\\\\nUSER a\n');
  });

  it('leaves one blank line of two around a paragraph that is gone', () => {
    expect(edited('FROM a\n\nRUN b\n\nRUN c\n', 1, (d, i) => removeInstruction(d, i))).toBe('FROM a\n\nRUN c\n');
    expect(edited('FROM a\n\nRUN b\nRUN c\n', 1, (d, i) => removeInstruction(d, i))).toBe('FROM a\n\nRUN c\n');
    expect(edited('FROM a\nRUN b\n\nRUN c\n', 1, (d, i) => removeInstruction(d, i))).toBe('FROM a\n\nRUN c\n');
    expect(edited('ARG A\n\nFROM a\n', 0, (d, i) => removeInstruction(d, i))).toBe('\nFROM a\n');
  });

  it('are inserted above the comments of the next one', () => {
    expect(edited('FROM a\n# start\nCMD b\n', 1, (d, i) => insertBefore(d, i, ['USER 1']))).toBe(
      'FROM a\nUSER 1\n# start\nCMD b\n',
    );
  });

  it('bring blank lines without the indentation', () => {
    expect(edited('FROM a\n  RUN b\n', 1, (d, i) => insertAfter(d, i, ['', 'RUN c']))).toBe(
      'FROM a\n  RUN b\n\n  RUN c\n',
    );
  });

  it('are inserted below, with or without a final newline, in the indentation of the neighbour', () => {
    expect(edited('FROM a\nRUN b', 0, (d, i) => insertAfter(d, i, ['RUN c']))).toBe('FROM a\nRUN c\nRUN b');
    expect(edited('FROM a\n  RUN b', 1, (d, i) => insertAfter(d, i, ['RUN c']))).toBe('FROM a\n  RUN b\n  RUN c');
    expect(edited('FROM a\r\nRUN b\r', 1, (d, i) => insertAfter(d, i, ['RUN c', 'RUN d']))).toBe(
      'FROM a\r\nRUN b\r\nRUN c\r\nRUN d',
    );
    expect(edited('FROM a\r\nRUN <<E\r\nx\r\nE\r\n', 1, (d, i) => insertAfter(d, i, ['RUN c']))).toBe(
      'FROM a\r\nRUN <<E\r\nx\r\nE\r\nRUN c\r\n',
    );
  });
});
