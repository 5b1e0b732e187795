import { describe, expect, it } from 'vitest';
import { givenMode } from '../../src/commands/modes.js';
import { programOf } from '../../src/commands/program.js';

describe('givenMode', () => {
  it.each([
    ['chmod 600 /a /b', 'chmod 600', '600', '/a /b'],
    ['/bin/chmod -R go-r /a', 'chmod go-r', 'go-r', '/a'],
    ['chmod -x /a', 'chmod -x', '-x', '/a'],
    ['install -Dm600 /a /b', 'install -m 600', '600', '/a /b'],
    ['mkdir --mode=700 /a', 'mkdir -m 700', '700', '/a'],
  ])('%s', (line, command, mode, paths) => {
    const program = programOf(line.split(' '));
    const given = program && givenMode(program);
    expect(given).toEqual({ command, mode, paths: paths.split(' ') });
  });

  it.each(['install /a /b', 'chown 600 /a', 'sed s/a/b/ /a', 'chmod', 'chmod-all 600 /a'])('none by %s', (line) => {
    const program = programOf(line.split(' '));
    expect(program && givenMode(program)).toBeUndefined();
  });
});
