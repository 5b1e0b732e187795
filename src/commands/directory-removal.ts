/** What a program does to directories: those that its words take away, and whether it leaves all others where they are. */
import type { Command, ShellWord } from '../shell/types.js';
import { hasOption, readArguments } from './arguments.js';
import { isIn } from './catalogue/index.js';
import { fileArguments, findStarts } from './file-arguments.js';
import { packageAction, type PackageAction } from './packages.js';
import type { Program } from './program.js';

/** A path that a program takes away. */
export interface TakenWord extends Pick<ShellWord, 'text' | 'value'> {
  /** Not the folder itself: what lies in it. */
  readonly inside?: true;
}

/** What it removes, moves elsewhere or puts something else in the place of, by its words. */
export function takenWords(program: Program): readonly TakenWord[] {
  const { row, name } = program;
  if (name === 'find') return takenByFind(program);
  if (isIn(row, 'unpack')) return unpackedInto(program);
  const paths = fileArguments(program)?.paths ?? [];
  if (name === 'rm' || name === 'rmdir') return paths;
  if (name === 'mv') return hasOption(readArguments(program.args, row), '-t', '-T') ? paths : paths.slice(0, -1);
  return name === 'ln' ? paths.slice(-1) : [];
}

const HERE: TakenWord = { text: '.', value: '.', inside: true };

/** Of files alone, no directory goes. */
function takenByFind({ args }: Program): readonly TakenWord[] {
  const removes = args.some(({ text }) => text === '-delete' || /(?:^|\/)(?:rm|rmdir|mv|ln)$/.test(text));
  const filesOnly = args.some(({ text }, index) => text === '-type' && args[index + 1]?.text === 'f');
  if (!removes || (filesOnly && !args.some(({ text }) => text === '-o' || text === '-or'))) return [];
  const starts = findStarts(args);
  // `.` itself can't be removed.
  return (starts.length > 0 ? starts : [HERE]).map((start) => (/^\.\/?$/.test(start.text) ? HERE : start));
}

/** An archive may hold a link or a file of the name of an empty directory, which then gives way. */
function unpackedInto({ args }: Program): readonly TakenWord[] {
  const at = args.findIndex(({ text }) => /^(?:-C|-d|--directory)$/.test(text));
  const joined = args.flatMap(({ text }) => /^(?:--directory=|-C)(.+)$/.exec(text)?.[1] ?? []);
  const { text, value } = (at < 0 ? undefined : args[at + 1]) ?? { text: joined[0] ?? '.', value: joined[0] ?? '.' };
  return [{ text, value, inside: true }];
}

/** It takes no directory away but what `takenWords` says. */
export function keepsDirectories(command: Command, program: Program, directory: string | undefined): boolean {
  const { row, args } = program;
  const action = packageAction(command);
  if (action !== undefined && action.kind !== 'other') return keepsAsManager(action, directory);
  const isProgram = isIn(row, 'filter') || row?.paths?.given !== undefined;
  if (isProgram && args.some(({ text }) => RUNS_REMOVAL.test(text))) return false;
  const keeps = row?.keepsDirectories;
  if (keeps === undefined || keeps === true) return keeps === true;
  const { options, operands } = readArguments(args, row);
  const taking = options.some(({ word: { text } }) => keeps.unless?.some((option) => isOption(text, option)) === true);
  return !taking && (keeps.only === undefined || keeps.only.includes(operands[0]?.text ?? ''));
}

/** In a program of awk or sed, which can run others. */
const RUNS_REMOVAL = /\b(?:rm|rmdir|mv)\s/;

/** `-r` in `-fr` as well. */
function isOption(text: string, option: string): boolean {
  if (text.startsWith('--') || option.startsWith('--')) return text === option;
  return text.includes(option.slice(1));
}

/** Where a package manager takes away what it has put there, and folders that are empty then. */
const OF_PACKAGES = /\/(?:node_modules|site-packages|dist-packages|vendor|gems)(?:\/|$)/;
const OF_THE_SYSTEM =
  /^\/(?:usr(?!\/(?:src|local|app)(?:\/|$))|etc|var(?!\/www(?:\/|$))|lib\w*|opt|s?bin|boot)(?:\/|$)/;

function keepsAsManager({ kind, program }: PackageAction, directory = ''): boolean {
  if (OF_PACKAGES.test(directory)) return false;
  return kind !== 'remove' || program.row?.manager?.system !== true || !OF_THE_SYSTEM.test(directory);
}
