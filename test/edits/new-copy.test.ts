import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { newCopy, pathWord, sourceWord } from '../../src/edits/new-copy.js';

function copy(flags: string, sources: readonly string[], destination: string): string {
  const words = [...sources.map(sourceWord), pathWord(destination)];
  return newCopy(parseDockerfile('FROM a\n'), flags, words);
}

describe('a new COPY', () => {
  it.each([
    ['', ['a.json', 'b.json'], './', 'COPY a.json b.json ./'],
    ['--chown=1 --link ', ['a'], 'b/', 'COPY --chown=1 --link a b/'],
    ['', ['a b.json'], 'c/', 'COPY ["a b.json", "c/"]'],
    ['--link ', ['a'], 'b c/', 'COPY --link ["a", "b c/"]'],
    ['', ['app/[id]/a*?.json'], 'app/[id]/', 'COPY app/[[]id]/a[*][?].json app/[id]/'],
    ['', ['[id].json'], './', 'COPY ["[[]id].json", "./"]'],
    ['', ["it's/$a"], "it's/$a/", "COPY it\\'s/\\$a it\\'s/\\$a/"],
    ['', ["it's $a"], './', 'COPY ["it\\\\\'s \\\\$a", "./"]'],
  ])('with %j of %j to %j is %j', (flags, sources, destination, expected) => {
    expect(copy(flags, sources, destination)).toBe(expected);
  });

  it('is written in the casing of the file', () => {
    expect(newCopy(parseDockerfile('from a\nrun b\n'), '', ['c', 'd'])).toBe('copy c d');
  });
});
