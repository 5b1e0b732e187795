import type { Command, ShellWord } from '../shell/types.js';
import { optionValue, readArguments } from './arguments.js';
import { isIn } from './catalogue/index.js';
import type { Calls, Row } from './catalogue/types.js';
import type { Program } from './program.js';
import { runsOfSed } from './sed.js';
import { isPosixShell, shellCall } from './shell-call.js';

/** What a program runs besides itself, as its words name it. */
export type Called =
  /** A shell script. */
  | { readonly kind: 'script'; readonly text: string }
  /** The words of a command, each as written. */
  | { readonly kind: 'command'; readonly text: string }
  /** A script file, with the words after it. */
  | { readonly kind: 'file'; readonly path: ShellWord; readonly args: readonly ShellWord[] }
  /** A shell script that it reads from its input. */
  | { readonly kind: 'input' }
  /** Something that can't be read. */
  | { readonly kind: 'unread' };

/** What the program runs; empty for one that runs nothing but itself, as far as the catalogue knows. */
export function calledBy(program: Program): readonly Called[] {
  if (isPosixShell(program.name) || isIn(program.row, 'other-shell')) return [calledByShell(program)];
  const { row, args } = program;
  const splits = row?.wrapper?.splits;
  if (splits !== undefined) return splitScript(splits, program);
  return row?.calls === undefined ? [] : callsOf(row.calls, program, args);
}

/** `env -S 'node app.js'` */
function splitScript(splits: readonly string[], { row, args }: Program): readonly Called[] {
  const line = optionValue(readArguments(args, row, true), ...splits);
  return line === undefined ? [] : [{ kind: 'script', text: line }];
}

function calledByShell(program: Program): Called {
  const { script, file, args } = shellCall(program);
  if (script !== undefined) return { kind: 'script', text: unquoted(script) };
  return file === undefined ? { kind: 'input' } : { kind: 'file', path: file, args };
}

function callsOf(calls: Calls, { row }: Program, args: readonly ShellWord[]): readonly Called[] {
  const [first, ...rest] = args;
  if (calls.file === true) return first === undefined ? [] : [{ kind: 'file', path: first, args: rest }];
  if (calls.project !== undefined) return [];
  if (calls.script === 'all') return [{ kind: 'script', text: args.map(unquoted).join(' ') }];
  if (calls.script === 'first') return first === undefined ? [] : [{ kind: 'script', text: unquoted(first) }];
  if (calls.script === 'option') return [commandOption(args)];
  if (calls.script === 'sed') return calledBySed(args, row);
  if (calls.options !== undefined) return afterOptions(calls.options, args);
  return commandOf(readArguments(args, row, true).operands.slice(calls.words ?? 0));
}

/** `--command='…'`, `-c'…'` */
const JOINED_SCRIPT = /^(?:--(?:session-)?command=|-[a-z]*c(?=["'$]))/;

/** `sed '1e date'`, `sed 's/^/ls /e'` */
function calledBySed(args: readonly ShellWord[], row: Row | undefined): readonly Called[] {
  const { options, operands } = readArguments(
    // A suffix of -i is no bundle of options.
    args.filter(({ text }) => !text.startsWith('-i')),
    row,
  );
  if (options.some(({ name }) => name === '-f' || name === '--file')) return [{ kind: 'unread' }];
  const given = options.flatMap(({ name, value }) => (/^(?:-e|--expression)$/.test(name) ? [value ?? ''] : []));
  const script = given.length > 0 ? given.join('\n') : operands[0] && unquoted(operands[0]);
  const runs = script === undefined ? [] : runsOfSed(script);
  if (runs === undefined) return [{ kind: 'unread' }];
  return runs.map((text) => (text === undefined ? { kind: 'unread' } : { kind: 'script', text }));
}

/** `su -c 'apt-get install jq' app`, `su app -c …`; without -c, a shell reads its input. */
function commandOption(args: readonly ShellWord[]): Called {
  const at = args.findIndex(({ text }) => /^(?:-\w*c|--(?:session-)?command)$/.test(text));
  const joined = args.find(({ text }) => JOINED_SCRIPT.test(text));
  const script =
    joined === undefined ? args[at + 1] : { ...joined, text: joined.text.replace(JOINED_SCRIPT, ''), value: undefined };
  if (at >= 0 || joined !== undefined)
    return script === undefined ? { kind: 'input' } : { kind: 'script', text: unquoted(script) };
  const dashes = args.findIndex(({ text }) => text === '--');
  return dashes < 0 ? { kind: 'input' } : { kind: 'command', text: written(args.slice(dashes + 1)) };
}

/** `find . -exec chmod 644 {} + -o -exec sh -c '…' \;` */
function afterOptions(options: readonly string[], args: readonly ShellWord[]): readonly Called[] {
  return args.flatMap(({ text }, index): readonly Called[] => {
    if (!options.includes(text)) return [];
    const rest = args.slice(index + 1);
    const end = rest.findIndex((word) => /^(?:\\;|';'|";"|;|\+)$/.test(word.text));
    return commandOf(end < 0 ? rest : rest.slice(0, end));
  });
}

function commandOf(words: readonly ShellWord[]): readonly Called[] {
  // `flock /tmp/lock -c 'make all'`
  if (words[0]?.text === '-c' || words[0]?.text === '--command') return [commandOption(words)];
  return words.length === 0 ? [] : [{ kind: 'command', text: written(words) }];
}

function written(words: readonly ShellWord[]): string {
  return words.map(({ text }) => text).join(' ');
}

/** What a word gives; where it holds variables, with their names in place. */
function unquoted({ value, text }: ShellWord): string {
  if (value !== undefined) return value;
  return text.replace(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"?/g, (_, single?: string, double?: string) =>
    (single ?? double ?? '').replace(/\\(["\\`])/g, '$1'),
  );
}

/** Something feeds its input: it is part of a pipeline, or a redirection brings a file or a heredoc. */
export function readsInput({ within, redirections }: Command): boolean {
  return within.includes('pipeline') || redirections.some(({ operator }) => operator.startsWith('<'));
}
