import { describe, expect, it } from 'vitest';
import { copyWords, isRemote } from '../../src/dockerfile/copy.js';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { namesStage, stageNamed } from '../../src/dockerfile/stages.js';

function instruction(text: string): Instruction {
  const found = parseDockerfile(`FROM a\n${text}\n`).instructions[1];
  if (found === undefined) throw new Error('no instruction');
  return found.trigger ?? found;
}

describe('copyWords', () => {
  it.each([
    ['COPY a b/ "c d" /x/', ['a', 'b/', '"c', 'd"'], '/x/', undefined],
    ['add --chown=a:b $A ./', ['$A'], './', undefined],
    ['COPY --link --from=build /a /b', ['/a'], '/b', 'build'],
    ['COPY ["a b", "c", "/x/"]', ['a b', 'c'], '/x/', undefined],
    ['COPY a \\\n# comment\n  b', ['a'], 'b', undefined],
    ['ONBUILD COPY . .', ['.'], '.', undefined],
    ['COPY <<EOF a <<"B" /x/\nEOF\nB', ['a'], '/x/', undefined],
    ['COPY <<EOF /x\nEOF', [], '/x', undefined],
  ])('reads %j', (text, sources, destination, from) => {
    expect(copyWords(instruction(text))).toEqual({ sources, destination, from });
  });

  it.each(['RUN cp a b', 'COPY a', 'COPY []'])('finds none in %j', (text) => {
    expect(copyWords(instruction(text))).toBeUndefined();
  });
});

describe('isRemote', () => {
  it.each([
    'https://example.com/a.tgz',
    'git@example.com:a/b.git',
    'github.com/a/b',
    'ssh://example.com/a',
    'git://example.com/a.git#v1',
  ])('takes ADD of %j for remote, not COPY', (source) => {
    expect(isRemote(instruction('ADD a /'), source)).toBe(true);
    expect(isRemote(instruction('COPY a /'), source)).toBe(false);
  });

  it.each(['a/b.txt', '.git', './.git', 'a@b', 'x.gitignore'])('does not take ADD of %j for remote', (source) => {
    expect(isRemote(instruction('ADD a /'), source)).toBe(false);
  });
});

describe('stages by name', () => {
  const dockerfile = parseDockerfile('FROM a AS one\nFROM b\nFROM c AS One\n');

  it.each([
    ['one', 2],
    ['ONE', 2],
    ['1', 1],
  ])('finds %s', (reference, index) => {
    expect(namesStage(dockerfile, reference)).toBe(true);
    expect(stageNamed(dockerfile, reference)?.index).toBe(index);
  });

  it('takes a number that is too high for no image', () => {
    expect(namesStage(dockerfile, '7')).toBe(true);
    expect(stageNamed(dockerfile, '7')).toBeUndefined();
    expect(namesStage(dockerfile, 'two')).toBe(false);
  });
});
