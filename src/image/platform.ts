/** What the RUNs of a file run on. */
import type { Dockerfile } from '../dockerfile/types.js';
import { memoize } from '../memoize.js';
import { isPosixShell } from '../commands/shell-call.js';
import type { Config } from './types.js';

/** `pwsh` alone runs on Linux as well. */
const WINDOWS_SHELL = /powershell|pwsh\.exe|\bcmd\b|"[a-z]:/i;

/**
 * The file is written for Windows: by its escape directive, which leaves the backslash to paths, the platform of a FROM, or a
 * SHELL. A base image for Windows alone does not tell: `knownBase` says its distribution.
 */
export const isWindows = memoize(({ escape, stages, instructions }: Dockerfile): boolean => {
  if (escape === '`') return true;
  if (stages.some(({ from }) => from.platform?.value?.startsWith('windows') === true)) return true;
  return instructions.some(({ keyword, body }) => keyword === 'SHELL' && WINDOWS_SHELL.test(body.text));
});

/** The shell form runs under a POSIX shell: the default one, or what SHELL names. */
export function hasPosixShell({ shell }: Config): boolean {
  if (shell === undefined) return true;
  const [program = '', applet = ''] = shell;
  return isPosixShell(/(?:^|\/)busybox$/.test(program) ? applet : program);
}
