import { readArguments, textOf, type Option, type Word } from './arguments.js';
import type { Program } from './program.js';

/** The command line of a program that works on the files it names: `rm`, `chmod`, `install`. */
export interface FileArguments<W extends Word> {
  readonly options: readonly Option<W>[];
  /** What comes before the paths: a mode, an owner, a program of sed. */
  readonly leading: readonly W[];
  readonly paths: readonly W[];
}

/** Undefined for a program that is not known to work on nothing but what its words name. */
export function fileArguments<W extends Word>({ args, row }: Program<W>): FileArguments<W> | undefined {
  if (row?.paths === undefined) return undefined;
  const { leading = 0, given, dashed } = row.paths;
  const { options, operands } = readArguments(args, row);
  const asOption = options.filter(
    ({ name, word }) => given?.includes(name) === true || (dashed === true && isDashedMode(textOf(word))),
  );
  const count = asOption.length > 0 ? 0 : leading;
  return {
    options,
    leading: count === 0 ? asOption.map(({ word }) => word) : operands.slice(0, count),
    paths: operands.slice(count),
  };
}

/** Where `find` begins: the words before its tests. */
export function findStarts<W extends Word>(args: readonly W[]): readonly W[] {
  const tests = args.findIndex((word) => /^[-(!\\]/.test(textOf(word)));
  return tests < 0 ? args : args.slice(0, tests);
}

/** `chmod -x file` */
function isDashedMode(text: string): boolean {
  return /^-[rwxXstugo]+$/.test(text);
}
