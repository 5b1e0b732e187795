import { expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { readersAgree, readersAgreeOnChange } from '../../src/dockerfile/second-reader.js';

const agree = (text: string): boolean => readersAgree(parseDockerfile(text));
const agreeOn = (before: string, now: string): boolean =>
  readersAgreeOnChange(parseDockerfile(before), parseDockerfile(now));

/** A lone carriage return is a line to dockerfile-ast, and a blank to BuildKit. */
const torn = 'RUN a \\\rb\n';

it('tells where two readers cut a text differently', () => {
  expect(agree('FROM a\n# c\nRUN a \\\n  b\nRUN <<E\nx\nE\n')).toBe(true);
  expect(agree(`FROM a\n${torn}`)).toBe(false);
});

it.each([
  ['nothing', 'FROM a\nRUN b\n', 'FROM a\nRUN b\n'],
  ['an instruction', 'FROM a\nRUN b\nRUN c\n', 'FROM a\n# d\nRUN b && \\\n    c\n'],
  ['the last line, without its newline', 'FROM a\nRUN b', 'FROM a\nRUN b\nUSER c'],
  ['a heredoc', 'FROM a\nRUN b\nRUN c\n', 'FROM a\nRUN <<E\nb\nE\nRUN c\n'],
  ['below a directive', '# escape=`\nFROM a\nRUN b `\n  c\nRUN d\n', '# escape=`\nFROM a:1\nRUN b `\n  c && `\n  d\n'],
  ['the directives', 'FROM a\nRUN b\n', '# escape=`\nFROM a\nRUN b\n'],
  ['a comment that looks like a directive', 'FROM a\nRUN b\n', 'FROM a\n# escape=`\nRUN b \\\n  c\n'],
])('asks about what changed: %s', (_, before, now) => {
  expect(agreeOn(before, now)).toBe(true);
});

it('finds an instruction that goes on for the other reader', () => {
  expect(agreeOn('FROM a\nRUN b\nRUN c\n', `FROM a\n${torn}RUN c\n`)).toBe(false);
  expect(agreeOn('FROM a\nRUN b\n', `FROM a\n${torn}`)).toBe(false);
});

it('passes over what it is told to be known', () => {
  expect(agreeOn(`FROM a\n${torn}RUN c\n`, `FROM a\n${torn}RUN d\n`)).toBe(true);
});
