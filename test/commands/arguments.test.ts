import { describe, expect, it } from 'vitest';
import { hasOption, optionValue, readArguments } from '../../src/commands/arguments.js';
import { parseScript } from '../../src/shell/parse.js';

const SPEC = { valued: ['-o', '-r', '--file'] };

/** Options as `name=value`, then operands. */
function read(words: string, spec = {}, leading = false): string {
  const { options, operands } = readArguments(words.split(' '), spec, leading);
  return [
    ...options.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)),
    '|',
    ...operands,
  ].join(' ');
}

describe('readArguments', () => {
  it.each([
    ['install --file=x y', '--file=x | install y'],
    ['install --file x y', '--file=x | install y'],
    ['-r x y', '-r=x | y'],
    ['-rx y', '-r=x | y'],
    ['-r=x y', '-r=x | y'],
    ['-qqo x y', '-o=x | y'],
    ['-qqox y', '-o=x | y'],
    ['-qqo', '-o |'],
    ['-v --long - y', '-v --long | - y'],
    ['--file', '--file |'],
    ['-v -- -r x', '-v | -r x'],
    ['--= x', '--= | x'],
    ['-1o x', '-1o | x'],
  ])('%s', (words, read_) => {
    expect(read(words, SPEC)).toBe(read_);
  });

  it('does not bundle where names of several letters follow one dash', () => {
    const maven = { valued: ['-s', '-gs', '-f'], unbundled: true } as const;
    expect(read('-gs x -Ds package -fpom.xml -gs=y', maven)).toBe('-gs=x -Ds -f=pom.xml -gs=y | package');
  });

  it('ends the options where another program begins', () => {
    expect(read('-v make -r x', SPEC, true)).toBe('-v | make -r x');
    expect(read('-u -m pip -r x', { valued: ['-m'], ending: ['-m'] })).toBe('-u -m=pip | -r x');
  });

  it('reads the words of a shell, an unknown value as it is written', () => {
    const [command] = parseScript('x --file "a b" -r $FILE \'-v\'').commands;
    const found = readArguments(command?.args ?? [], SPEC);
    expect(optionValue(found, '-f', '--file')).toBe('a b');
    expect(optionValue(found, '-r')).toBe('$FILE');
    expect(found.operands.map(({ text }) => text)).toEqual(["'-v'"]);
    expect(hasOption(found, '-v')).toBe(false);
  });
});
