import { Script } from 'node:vm';

/** Seconds that a Dockerfile may take. */
export const DEFAULT_FILE_TIMEOUT = 10;

/** Work did not end in time. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** Where the script below finds the work: of all that V8 runs, only scripts have a limit. */
const WORK = Symbol.for('dockmod.limited-work');
const LONGEST_MS = 2 ** 31 - 1;

let script: Script | undefined;

/**
 * Runs synchronous work, and ends it after a time wherever it is: in an endless loop, in a regular expression. What it was about to change
 * may then be half changed, so everything that it had in hands is to be dropped.
 * @param seconds more than 0; `Infinity` for no limit
 * @throws TimeLimitError, and what the work throws
 */
export function withTimeLimit<T>(seconds: number, work: () => T): T {
  if (seconds === Infinity) return work();
  let answer: { readonly value: T } | undefined;
  const holder = globalThis as { [WORK]?: (() => void) | undefined };
  const outer = holder[WORK];
  holder[WORK] = () => (answer = { value: work() });
  script ??= new Script("globalThis[Symbol.for('dockmod.limited-work')]()", { filename: import.meta.url });
  try {
    const timeout = Math.min(LONGEST_MS, Math.max(1, Math.round(seconds * 1000)));
    script.runInThisContext({ timeout, displayErrors: false });
  } catch (error) {
    throw isTimeout(error) ? new TimeLimitError(`it takes longer than ${seconds} s`) : error;
  } finally {
    holder[WORK] = outer;
  }
  if (answer === undefined) throw new TimeLimitError(`it takes longer than ${seconds} s`);
  return answer.value;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
