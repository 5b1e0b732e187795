import { describe, expect, it } from 'vitest';
import { programOf } from '../../src/commands/program.js';
import { isPosixShell, shellCall } from '../../src/commands/shell-call.js';

describe('shellCall', () => {
  it.each([
    [['sh', '-c', 'a; b', 'x'], { script: 'a; b', args: ['x'] }],
    [['bash', '-eo', 'pipefail', '-c', 'a'], { script: 'a', args: [] }],
    [['bash', '-lc', 'a'], { script: 'a', args: [] }],
    [['bash', '--rcfile', 'x', 'run.sh', '-c', 'y'], { file: 'run.sh', args: ['-c', 'y'] }],
    [['sh', '-e', '/tmp/setup.sh'], { file: '/tmp/setup.sh', args: [] }],
    [['bash', '-s', '--', '-y'], { args: ['-y'] }],
    [['bash', '-'], { args: ['-'] }],
    [['bash'], { args: [] }],
    [['sh', '-c'], { args: [] }],
  ])('%j', (words, expected) => {
    const program = programOf(words);
    expect(program && shellCall(program)).toEqual({ script: undefined, file: undefined, ...expected });
  });
});

describe('isPosixShell', () => {
  it.each([
    ['/bin/sh', true],
    ['C:\\msys\\bash', true],
    ['ash', true],
    ['zsh', false],
    ['pwsh', false],
  ])('%s', (program, expected) => {
    expect(isPosixShell(program)).toBe(expected);
  });
});
