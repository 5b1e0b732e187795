import { memoize } from '../memoize.js';
import { programOf, type Program } from './program.js';
import { ALIASES, PIP, SPECS, type ActionKind, type Manager, type ManagerSpec } from './managers.js';
import type { Command, ShellWord } from '../shell/types.js';

export type { ActionKind, Manager } from './managers.js';

/** What a command asks of a package manager. */
export interface PackageAction {
  readonly manager: Manager;
  readonly kind: ActionKind;
  readonly program: Program;
  /** The subcommand: `install`; undefined for a bare `yarn` and for options without one. */
  readonly subcommand: ShellWord | undefined;
  /** Options as written, without the values that stand in words of their own. */
  readonly flags: readonly string[];
  /** Words that are neither options nor values of options: packages, files, URLs. */
  readonly operands: readonly ShellWord[];
  /** Value of an option, in either spelling; the first one given. */
  option(...names: string[]): string | undefined;
  /** All values of an option that may be given several times: `-r a.txt -r b.txt`. */
  options(...names: string[]): readonly string[];
}

/** What the command asks of a package manager; undefined when it runs none. */
export const packageAction = memoize((command: Command): PackageAction | undefined => {
  const program = programOf(command);
  if (program === undefined) return undefined;
  if (program.name === 'pacman') return pacmanAction(program);
  const found = specOf(program);
  if (found === undefined) return undefined;
  const { spec, args } = found;
  const given = splitArguments(args, spec.valued);
  const operands = isVersionChoice(spec, given.operands[0]) ? given.operands.slice(1) : given.operands;
  const [subcommand, ...rest] = operands;
  return {
    manager: spec.manager,
    kind: kindOf(spec, subcommand, given.flags),
    program,
    subcommand,
    flags: given.flags,
    operands: rest,
    ...optionReaders(given.values),
  };
});

/** `bundle _2.4.1_ install` */
function isVersionChoice({ manager }: ManagerSpec, word: ShellWord | undefined): boolean {
  return manager === 'bundler' && /^_.+_$/.test(word?.text ?? '');
}

const ASKS = new Set(['-v', '-V', '-h', '--version', '--help']);

function kindOf(spec: ManagerSpec, subcommand: ShellWord | undefined, flags: readonly string[]): ActionKind {
  if (subcommand === undefined) return flags.some((flag) => ASKS.has(flag)) ? 'other' : (spec.bare ?? 'other');
  const name = subcommand.value ?? subcommand.text;
  return flags.includes('--help') || !Object.hasOwn(spec.kinds, name) ? 'other' : (spec.kinds[name] ?? 'other');
}

function optionReaders(values: ReadonlyMap<string, readonly string[]>): Pick<PackageAction, 'option' | 'options'> {
  const options = (...names: string[]): readonly string[] => names.flatMap((name) => values.get(name) ?? []);
  return { options, option: (...names) => options(...names)[0] };
}

/** Its operation is an option: `pacman -Syu --noconfirm git`. */
function pacmanAction(program: Program): PackageAction {
  const { flags, operands, values } = splitArguments(program.args, ['-r', '-b', '--root', '--config', '--ignore']);
  const isOperation = (text: string): boolean => /^-[A-Za-z]*[DFQRSTU]|^--(?:sync|upgrade|remove|query)$/.test(text);
  const subcommand = program.args.find(({ text }) => isOperation(text));
  const operation = flags.filter((flag) => isOperation(flag) || /^-[a-z]+$/.test(flag)).join(' ');
  return {
    manager: 'pacman',
    kind: pacmanKind(operation, operands.length > 0),
    program,
    subcommand,
    flags,
    operands,
    ...optionReaders(values),
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

/** The manager behind `python -m pip`, `pip3.11`, `uv pip`, `php composer.phar`, `corepack yarn`. */
function specOf({ name, args }: Program): { spec: ManagerSpec; args: readonly ShellWord[] } | undefined {
  if (/^(?:python|pypy)[\d.]*$/.test(name)) return moduleSpec(args);
  if (/^pip[\d.]+$/.test(name)) return { spec: PIP, args };
  if (name === 'uv') return uvSpec(args);
  const [first, ...rest] = args;
  if (name === 'php' && first?.value?.endsWith('composer.phar') === true) return namedSpec('composer', rest);
  if (name === 'corepack' && /^(?:yarn|pnpm|npm)$/.test(first?.value ?? '')) return namedSpec(first?.value ?? '', rest);
  return namedSpec(name, args);
}

function namedSpec(name: string, args: readonly ShellWord[]): ReturnType<typeof specOf> {
  const key = Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name;
  const spec = Object.hasOwn(SPECS, key) ? SPECS[key] : undefined;
  return spec && { spec, args };
}

/** `python3 -u -m pip install`: options of python in front of `-m`. */
function moduleSpec(args: readonly ShellWord[]): ReturnType<typeof specOf> {
  const at = args.findIndex(({ text }) => !/^-[A-Za-ln-z]\w*$/.test(text));
  const name = args[at]?.text === '-m' ? args[at + 1]?.value : undefined;
  if (name === undefined) return undefined;
  const rest = args.slice(at + 2);
  return name === 'pip'
    ? { spec: PIP, args: rest }
    : /^(?:pipenv|poetry|uv)$/.test(name)
      ? specOfModule(name, rest)
      : undefined;
}

function specOfModule(name: string, args: readonly ShellWord[]): ReturnType<typeof specOf> {
  return name === 'uv' ? uvSpec(args) : namedSpec(name, args);
}

/** `uv --no-cache pip install` takes what pip takes; options in front of `pip` count. */
function uvSpec(args: readonly ShellWord[]): ReturnType<typeof specOf> {
  const at = args.findIndex(({ text }) => !text.startsWith('-'));
  if (args[at]?.value !== 'pip') return namedSpec('uv', args);
  return { spec: { ...PIP, manager: 'uv' }, args: [...args.slice(0, at), ...args.slice(at + 1)] };
}

interface Arguments {
  readonly flags: readonly string[];
  readonly operands: readonly ShellWord[];
  readonly values: ReadonlyMap<string, readonly string[]>;
}

function splitArguments(args: readonly ShellWord[], valued: readonly string[]): Arguments {
  const flags: string[] = [];
  const operands: ShellWord[] = [];
  const values = new Map<string, string[]>();
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === undefined) break;
    if (word.text === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!word.text.startsWith('-') || word.text === '-') {
      operands.push(word);
      continue;
    }
    flags.push(word.text);
    const found = readOption(word.text, args[at + 1], valued);
    if (found === undefined) continue;
    values.set(found.name, [...(values.get(found.name) ?? []), found.value]);
    if (found.separate) at++;
  }
  return { flags, operands, values };
}

/** `--file=x`, `--file x`, `-f x`, `-fx`, and bundles that end in one with a value: `-qqo x`. */
function readOption(
  text: string,
  next: ShellWord | undefined,
  valued: readonly string[],
): { name: string; value: string; separate: boolean } | undefined {
  const [, long, inline] = /^(--[^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (long !== undefined && inline !== undefined) return { name: long, value: inline, separate: false };
  const nextValue = next?.value ?? next?.text;
  if (valued.includes(text))
    return nextValue === undefined ? undefined : { name: text, value: nextValue, separate: true };
  if (text.startsWith('--')) return undefined;
  const at = text.split('').findIndex((letter, index) => index > 0 && valued.includes(`-${letter}`));
  if (at < 0 || !/^-[A-Za-z]+$/.test(text.slice(0, at + 1))) return undefined;
  const name = `-${text[at] ?? ''}`;
  const rest = text.slice(at + 1);
  if (rest !== '' && at === 1) return { name, value: rest.replace(/^=/, ''), separate: false };
  return rest === '' && nextValue !== undefined ? { name, value: nextValue, separate: true } : undefined;
}
