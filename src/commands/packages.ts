import { memoize } from '../memoize.js';
import type { Command, ShellWord } from '../shell/types.js';
import { readArguments, textOf, valueOf, type Arguments, type Word } from './arguments.js';
import { rowOf } from './catalogue/index.js';
import type { ActionKind, ArgumentSpec, Manager, PackageManager, Row } from './catalogue/types.js';
import { programOf, type Program } from './program.js';

export type { ActionKind, Manager } from './catalogue/types.js';

/** What a command asks of a package manager. */
export interface PackageAction {
  readonly manager: Manager;
  readonly kind: ActionKind;
  readonly program: Program;
  /** The subcommand: `install`; undefined for a bare `yarn` and for options without one. */
  readonly subcommand: ShellWord | undefined;
  /** Options as written, without the values that are words of their own. */
  readonly flags: readonly string[];
  /** Words that are neither options nor values of options: packages, files, URLs. */
  readonly operands: readonly ShellWord[];
  /** Value of an option, in either spelling; the first one given. */
  option(...names: string[]): string | undefined;
  /** All values of an option that may be given several times: `-r a.txt -r b.txt`. */
  options(...names: string[]): readonly string[];
}

/** What the command asks of a package manager; undefined when it runs none. */
export function packageAction(command: Command): PackageAction | undefined {
  const program = programOf(command);
  return program === undefined || !mayRunManager(program) ? undefined : readAction(program);
}

const readAction = memoize((program: Program): PackageAction | undefined => {
  const call = managerCall(program);
  if (call === undefined) return undefined;
  const { manager } = call;
  const given = readArguments(call.args, call.spec);
  const flags = given.options.map(({ word }) => word.text);
  const answers = { manager: manager.manager, program, flags, ...optionReaders(given) };
  if (manager.manager === 'pacman') return { ...answers, ...pacmanOperation(call.args, given, flags) };
  const operands = isVersionChoice(manager, given.operands[0]) ? given.operands.slice(1) : given.operands;
  const [subcommand, ...rest] = operands;
  return { ...answers, kind: kindOf(manager, subcommand, flags), subcommand, operands: rest };
});

/** `bundle _2.4.1_ install` */
function isVersionChoice({ manager }: PackageManager, word: ShellWord | undefined): boolean {
  return manager === 'bundler' && /^_.+_$/.test(word?.text ?? '');
}

const ASKS = new Set(['-v', '-V', '-h', '--version', '--help']);

function kindOf(
  { kinds, bare }: PackageManager,
  subcommand: ShellWord | undefined,
  flags: readonly string[],
): ActionKind {
  if (subcommand === undefined) return flags.some((flag) => ASKS.has(flag)) ? 'other' : (bare ?? 'other');
  const name = valueOf(subcommand);
  return flags.includes('--help') || !Object.hasOwn(kinds, name) ? 'other' : (kinds[name] ?? 'other');
}

function optionReaders({ options: given }: Arguments): Pick<PackageAction, 'option' | 'options'> {
  const options = (...names: string[]): readonly string[] =>
    names.flatMap((wanted) =>
      given.flatMap(({ name, value }) => (name === wanted && value !== undefined ? [value] : [])),
    );
  return { options, option: (...names) => options(...names)[0] };
}

/** Its operation is an option: `pacman -Syu --noconfirm git`. */
function pacmanOperation(
  args: readonly ShellWord[],
  { operands }: Arguments<ShellWord>,
  flags: readonly string[],
): Pick<PackageAction, 'kind' | 'subcommand' | 'operands'> {
  const isOperation = (text: string): boolean => /^-[A-Za-z]*[DFQRSTU]|^--(?:sync|upgrade|remove|query)$/.test(text);
  const operation = flags.filter((flag) => isOperation(flag) || /^-[a-z]+$/.test(flag)).join(' ');
  return {
    kind: pacmanKind(operation, operands.length > 0),
    subcommand: args.find(({ text }) => isOperation(text)),
    operands,
  };
}

function pacmanKind(operation: string, named: boolean): ActionKind {
  if (/-\w*R|--remove/.test(operation)) return 'remove';
  if (/-\w*U|--upgrade/.test(operation)) return 'install';
  if (!/-\w*S|--sync/.test(operation) || /-\w*[sgilp]/.test(operation)) return 'other';
  if (/-\w*c/.test(operation)) return 'clean';
  if (named) return 'install';
  if (/-\w*u/.test(operation)) return 'upgrade';
  return /-\w*y/.test(operation) ? 'update' : 'other';
}

/** A package manager, how it reads its command line, and what it is given. */
export interface ManagerCall<W extends Word = ShellWord> {
  /** Whose command line it is: that of pip for `uv pip`. */
  readonly row: Row;
  readonly manager: PackageManager;
  readonly spec: ArgumentSpec;
  readonly args: readonly W[];
}

/** False where `managerCall` has no answer, told without reading a word of the command line. */
function mayRunManager({ row }: Program): boolean {
  if (row === undefined) return false;
  return row.manager !== undefined || row.ending !== undefined || row.language === 'php' || row.name === 'corepack';
}

/** The package manager that a program is or runs: `python -m pip`, `uv pip`, `php composer.phar`, `corepack yarn`. */
export function managerCall<W extends Word>({ name, args, row }: Program<W>): ManagerCall<W> | undefined {
  const [first, ...rest] = args;
  if (row?.ending?.includes('-m') === true) {
    const { options, operands } = readArguments(args, row, true);
    const module = options.at(-1);
    return module?.name === '-m' ? namedCall(module.value ?? '', operands) : undefined;
  }
  if (row?.language === 'php' && first !== undefined && /(?:^|\/)composer(?:\.phar)?$/.test(valueOf(first)))
    return namedCall('composer', rest);
  if (name === 'corepack') return namedCall(first === undefined ? '' : valueOf(first), rest);
  return namedCall(name, args);
}

function namedCall<W extends Word>(name: string, args: readonly W[]): ManagerCall<W> | undefined {
  const row = rowOf(name);
  if (row?.manager === undefined) return undefined;
  const pip = row.manager.manager === 'uv' ? uvPip(row, args) : undefined;
  return pip ?? { row, manager: row.manager, spec: row, args };
}

/** `uv --no-cache pip install` takes what pip takes; options in front of `pip` count. */
function uvPip<W extends Word>(uv: Row, args: readonly W[]): ManagerCall<W> | undefined {
  const { operands } = readArguments(args, uv, true);
  const row = rowOf('pip');
  if (operands[0] === undefined || textOf(operands[0]) !== 'pip' || row?.manager === undefined) return undefined;
  const before = args.slice(0, args.length - operands.length);
  const spec = { valued: [...(row.valued ?? []), ...(uv.valued ?? [])] };
  return { row, manager: { ...row.manager, manager: 'uv' }, spec, args: [...before, ...operands.slice(1)] };
}
