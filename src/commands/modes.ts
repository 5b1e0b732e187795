import { optionValue, valueOf, type Word } from './arguments.js';
import { fileArguments } from './file-arguments.js';
import type { Program } from './program.js';

/** A mode that a program gives to files. */
export interface GivenMode<W extends Word> {
  /** As `chmod` takes it: `600`, `u+x`. */
  readonly mode: string;
  /** As far as it takes to name it: `chmod 600`. */
  readonly command: string;
  readonly paths: readonly W[];
}

/** `chmod 600 x`, `install -m 600 x /etc`; undefined where no mode is given. */
export function givenMode<W extends Word>(program: Program<W>): GivenMode<W> | undefined {
  const files = fileArguments(program);
  if (files === undefined) return undefined;
  const { name, row } = program;
  const option = row?.valued?.includes('--mode') === true ? optionValue(files, '-m', '--mode') : undefined;
  if (option !== undefined) return { mode: option, command: `${name} -m ${option}`, paths: files.paths };
  const [first] = files.leading;
  if (row?.paths?.dashed !== true || first === undefined) return undefined;
  return { mode: valueOf(first), command: `${name} ${valueOf(first)}`, paths: files.paths };
}
