/** What the tests of applications ask of the engine. */
import { spawnSync } from 'node:child_process';

export interface Ran {
  readonly code: number;
  /** Standard output and standard error. */
  readonly output: string;
}

/** The client of the engine: another one than the first in PATH where the environment says so, which the engine's start sets. */
export function client(): string {
  return process.env['DOCKER_CLIENT'] ?? 'docker';
}

/** Runs docker. A command that takes longer than `seconds` ends with code 124. */
export function docker(args: readonly string[], seconds = 300): Ran {
  const { status, stdout, stderr, error } = spawnSync(client(), args, {
    encoding: 'utf8',
    timeout: seconds * 1000,
    maxBuffer: 1 << 28,
    env: { ...process.env, DOCKER_BUILDKIT: '1' },
  });
  const timedOut = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT';
  return { code: timedOut ? 124 : (status ?? 1), output: stdout + stderr };
}

/** Builds a folder. Every application gets the network of the machine, since an engine of our own has no bridge. */
export function build(folder: string, tag: string): Ran {
  return docker(['build', '--network=host', '--progress=plain', '-t', tag, folder], 600);
}
