import { baseName } from '../paths.js';
import { readArguments, textOf, valueOf, type Word } from './arguments.js';
import { isIn, rowOf } from './catalogue/index.js';
import type { Program } from './program.js';

/** The program, a name or a path, is a shell that reads scripts as POSIX has it: zsh, fish and csh read them differently. */
export function isPosixShell(program: string): boolean {
  return isIn(rowOf(baseName(program.replaceAll('\\', '/'))), 'shell');
}

/** What a shell is told to run: `bash -ec 'a; b'` a script, `sh /tmp/setup.sh x` a file; neither, where it reads its input. */
export interface ShellCall<W extends Word> {
  readonly script: W | undefined;
  readonly file: W | undefined;
  /** For the script or the file. */
  readonly args: readonly W[];
}

/** @param shell a program for which `isPosixShell` is true */
export function shellCall<W extends Word>({ args, row }: Program<W>): ShellCall<W> {
  const { options, operands } = readArguments(args, row, true);
  const says = (letters: RegExp): boolean => options.some(({ word }) => letters.test(textOf(word)));
  const [first, ...rest] = operands;
  if (says(/^-\w*c/)) return { script: first, file: undefined, args: rest };
  if (says(/^-\w*s/) || first === undefined || valueOf(first) === '-')
    return { script: undefined, file: undefined, args: operands };
  return { script: undefined, file: first, args: rest };
}
