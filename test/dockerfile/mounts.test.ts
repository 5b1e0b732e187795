import { describe, expect, it } from 'vitest';
import { bindsContext, mountsOf } from '../../src/dockerfile/mounts.js';
import { parseDockerfile } from '../../src/dockerfile/parse.js';

describe('the mounts of a RUN', () => {
  const read = (flags: string): unknown[] => {
    const run = parseDockerfile(`FROM a\nRUN ${flags} b\n`).instructions[1];
    return run === undefined ? [] : mountsOf(run).map((mount) => ({ ...mount, flag: mount.flag.value }));
  };
  const none = { from: undefined, source: undefined, target: undefined };

  it.each([
    ['--mount=type=cache,target=/c', { ...none, type: 'cache', target: '/c' }],
    ['--mount=target=/c', { ...none, type: 'bind', target: '/c' }],
    ['--mount=type=bind,from=node:22,src=/a,dst=/c', { type: 'bind', from: 'node:22', source: '/a', target: '/c' }],
    ['--mount=TYPE=bind,Source=a=b,destination=/c', { ...none, type: 'bind', source: 'a=b', target: '/c' }],
  ])('are read from %s', (flags, expected) => {
    expect(read(flags)).toEqual([{ ...expected, flag: flags.slice('--mount='.length) }]);
  });

  it('are all of them, and no other flag', () => {
    expect(read('--network=none --mount=type=ssh --mount=type=tmpfs,target=/t')).toHaveLength(2);
    const copy = parseDockerfile('FROM a\nCOPY --from=b c d\n').instructions[1];
    expect(copy && mountsOf(copy)).toEqual([]);
  });

  it('bind the build context where they name nothing else', () => {
    const run = parseDockerfile('FROM a\nRUN --mount=target=/c --mount=from=b,target=/d --mount=type=ssh c\n');
    const mounts = run.instructions.flatMap(mountsOf);
    expect(mounts.map(bindsContext)).toEqual([true, false, false]);
  });
});
