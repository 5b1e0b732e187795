import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { UsageError } from './config/usage-error.js';
import type { Formatted } from './format-process.js';

const PACKAGES = ['prettier', 'prettier-plugin-sh'];
const PROGRAM = fileURLToPath(new URL('./format-process.js', import.meta.url));
const LIMIT_MS = 10_000;

/**
 * Prettier and its plug-in for Dockerfiles are looked for beside dockmod: few people need them, so an install does not bring them.
 * @throws UsageError that says how to get them
 */
export function checkFormatter(): void {
  const { resolve } = createRequire(import.meta.url);
  const missing = PACKAGES.filter((name) => {
    try {
      return !existsSync(resolve(name));
    } catch {
      return true;
    }
  });
  if (missing.length === 0) return;
  throw new UsageError(
    `--format prettier needs ${missing.join(' and ')} beside dockmod: npm install --save-dev ${missing.join(' ')} (with --global where dockmod is global)`,
  );
}

let child: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Lays a Dockerfile out, in a process of its own: what formats Dockerfiles there ends its process over a file that it can't read, and prints
 * to the terminal. The process is there until this one ends, and gets one text at a time.
 * @throws Error when it can't
 */
export function format(text: string): Promise<string> {
  const next = last.then(() => formatNext(text));
  last = next.catch(() => undefined);
  return next;
}

/** A process that was used before may end by what an earlier text did to it: then a new one is asked. */
async function formatNext(text: string): Promise<string> {
  const used = child !== undefined;
  child ??= startProcess();
  const answer = await ask(child, text);
  if (answer !== undefined && 'formatted' in answer) return answer.formatted;
  child.kill('SIGKILL');
  child = undefined;
  if (answer === undefined && used) return formatNext(text);
  throw new Error(answer === undefined ? 'it ended, or took too long' : answer.failure);
}

function startProcess(): ChildProcess {
  const started = fork(PROGRAM, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  // Without a listener, an error between two texts would end this process.
  return started.on('error', () => undefined);
}

/** Undefined when the process ended or takes too long. Between two texts it does not keep this process alive. */
function ask(child: ChildProcess, text: string): Promise<Formatted | undefined> {
  return new Promise((resolve) => {
    const answered = (answer?: Formatted): void => {
      clearTimeout(limit);
      child.off('message', answered).off('exit', gone).off('error', gone);
      child.unref();
      child.channel?.unref();
      resolve(answer);
    };
    const gone = (): void => answered();
    const limit = setTimeout(gone, LIMIT_MS);
    child.ref();
    child.channel?.ref();
    child.on('message', answered).on('exit', gone).on('error', gone);
    child.send(text, (error) => error && gone());
  });
}
