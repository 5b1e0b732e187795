import { memoize } from '../memoize.js';
import { baseName } from '../paths.js';
import type { Command, ShellWord } from '../shell/types.js';
import { readArguments, textOf, valueOf, type Word } from './arguments.js';
import { rowOf } from './catalogue/index.js';
import type { Row } from './catalogue/types.js';

/** What a simple command really runs, after `sudo`, `env A=b`, `exec` and the like. */
export interface Program<W extends Word = ShellWord> {
  /** Without its folder: `apt-get` for `/usr/bin/apt-get`. */
  readonly name: string;
  /** The name as written. */
  readonly word: W;
  readonly args: readonly W[];
  /** The wrappers in front, outermost first. */
  readonly wrappers: readonly string[];
  /** It, or a wrapper, is named by a relative path: a file of the project, whatever its name. */
  readonly local: boolean;
  /** What the catalogue knows of it. */
  readonly row: Row | undefined;
}

/**
 * The program that a command runs; undefined for a lone assignment or redirection, or where the name is not known before the
 * script runs. Words are the name and its arguments.
 */
export function programOf(command: Command): Program | undefined;
export function programOf<W extends Word>(words: readonly W[]): Program<W> | undefined;
export function programOf<W extends Word>(from: Command | readonly W[]): Program | Program<W> | undefined {
  return isCommand(from) ? programOfCommand(from) : programOfWords(from);
}

function isCommand(from: Command | readonly Word[]): from is Command {
  return 'args' in from;
}

const programOfCommand = memoize(({ name, args }: Command): Program | undefined =>
  name === undefined ? undefined : programOfWords([name, ...args]),
);

function programOfWords<W extends Word>(from: readonly W[]): Program<W> | undefined {
  const wrappers: string[] = [];
  let words = from;
  let local = false;
  for (;;) {
    const [word, ...args] = words;
    if (word === undefined || !isKnown(word)) return undefined;
    const name = baseName(valueOf(word));
    local ||= /^[^/]+\//.test(textOf(word));
    const row = rowOf(name);
    const wrapped = row && wrappedBy(row, args);
    if (wrapped === undefined) return { name, word, args, wrappers, local, row };
    wrappers.push(name);
    words = wrapped;
  }
}

function isKnown(word: Word): boolean {
  return typeof word === 'string' || word.value !== undefined;
}

/** The command that a wrapper runs; undefined when it runs none, so that the wrapper is the program itself. */
function wrappedBy<W extends Word>(row: Row, args: readonly W[]): readonly W[] | undefined {
  const { wrapper } = row;
  if (wrapper === undefined) return undefined;
  const { operands = 0, subcommand, assigns, asks = [], splits = [], separator } = wrapper;
  if (separator === true) return nonEmpty(afterSeparator(args));
  let words = args;
  for (;;) {
    const { options, operands: rest } = readArguments(words, row, true);
    if (options.some(({ name }) => asks.includes(name) || splits.includes(name))) return undefined;
    const at = rest.findIndex((word) => !(assigns === true && /^(?:-$|\w+=)/.test(textOf(word))));
    words = at < 0 ? [] : rest.slice(at);
    if (at <= 0) break;
  }
  if (subcommand !== undefined && words[0] !== undefined && textOf(words[0]) === subcommand) words = words.slice(1);
  return nonEmpty(words.slice(operands));
}

function afterSeparator<W extends Word>(args: readonly W[]): readonly W[] {
  const at = args.findIndex((word) => textOf(word) === '--');
  return at < 0 ? [] : args.slice(at + 1);
}

function nonEmpty<W>(words: readonly W[]): readonly W[] | undefined {
  return words.length === 0 ? undefined : words;
}
