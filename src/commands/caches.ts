import { memoize } from '../memoize.js';
import { cachePaths, expandBraces } from './cache-paths.js';
import { findStarts } from './file-arguments.js';
import { programOf } from './program.js';
import { packageAction, type PackageAction } from './packages.js';
import type { Command, ShellWord } from '../shell/types.js';

export type Cache = string;

/** The caches that a command empties, `[]` when none: `rm -rf /var/lib/apt/lists/*`, `yum clean all`, `npm cache clean --force`. */
export const cachesEmptied = memoize((command: Command): readonly Cache[] => {
  const paths = deletedPaths(command);
  if (paths !== undefined)
    return [...new Set(paths.flatMap(({ text }) => expandBraces(text).flatMap((path) => cachePaths(path).emptied)))];
  const action = packageAction(command);
  return action?.kind === 'clean' || action?.manager === 'bun' ? cachesCleaned(action) : [];
});

/** What `rm` or `find … -delete` takes away; undefined for other commands. */
function deletedPaths(command: Command): readonly ShellWord[] | undefined {
  const program = programOf(command);
  if (program?.name === 'rm') return program.args.filter(({ text }) => !text.startsWith('-'));
  if (program?.name !== 'find') return undefined;
  const { args } = program;
  const deletes = args.some(
    ({ text }, index) => text === '-delete' || (/^-exec(?:dir)?$/.test(text) && args[index + 1]?.text === 'rm'),
  );
  return deletes ? findStarts(args) : undefined;
}

/** By the manager's own command. */
function cachesCleaned({ manager, subcommand, operands, flags }: PackageAction): readonly Cache[] {
  const rest = operands.map(({ value, text }) => value ?? text);
  const says = (...words: string[]): readonly Cache[] => (words.some((word) => rest.includes(word)) ? [manager] : []);
  switch (manager) {
    case 'apt':
      return /^dist-?clean$/.test(subcommand?.text ?? '') ? ['apt-lists', 'apt-archives'] : ['apt-archives'];
    case 'yum':
    case 'dnf':
    case 'microdnf':
    case 'tdnf':
      return rest.includes('all') ? ['rpm'] : [];
    case 'apk':
    case 'npm':
    case 'yarn':
    case 'pip':
      return says('clean', 'clear', 'purge', 'rm');
    case 'uv':
      return says('clean', 'prune');
    case 'pnpm':
      return says('prune');
    case 'bun':
      return subcommand?.text === 'pm' && rest[0] === 'cache' && rest[1] === 'rm' ? ['bun'] : [];
    case 'pacman':
      return flags.some((flag) => /c.*c/.test(flag)) ? ['pacman'] : [];
    case 'zypper':
    case 'composer':
    case 'conda':
      return [manager];
    default:
      return [];
  }
}

/** True when a command does nothing else than emptying package caches: taking it away or adding it changes no other file. */
export function isCacheCleanup(command: Command): boolean {
  if (command.assignments.length > 0 || !command.redirections.every(isSilencing)) return false;
  const paths = deletedPaths(command);
  if (paths === undefined) return cachesEmptied(command).length > 0;
  return paths.length > 0 && paths.every(({ text }) => expandBraces(text).every((path) => cachePaths(path).inside));
}

/** Into nothing, or into the other stream. */
function isSilencing({ operator, target }: Command['redirections'][number]): boolean {
  return target === '/dev/null' || (operator === '>&' && /^\d$/.test(target ?? ''));
}

/** Options that keep a manager from filling its cache: `--no-cache`, `--no-cache-dir`, and those that `--no-cache` makes needless. */
const CACHE_FLAGS: Readonly<Record<string, RegExp>> = {
  apk: /^(?:--no-cache|--update|--update-cache|-U)$/,
  // Its parser takes an option's name as far as it is needed to tell it from others.
  pip: /^--no-cac(?:h|he|he-|he-d|he-di|he-dir(?:=true)?)?$/,
  uv: /^(?:--no-cache|-n)$/,
  composer: /^--no-cache$/,
};

/** The words of a command that are such options. */
export function cacheFlags(command: Command): readonly ShellWord[] {
  const action = packageAction(command);
  const known = action && CACHE_FLAGS[action.manager];
  return known === undefined ? [] : command.args.filter(({ text }) => known.test(text));
}

/** `apk update`, and `apk add --update` without a package: they only fill the index, which `apk add --no-cache` fetches by itself. */
export function isIndexRefresh(command: Command): boolean {
  const action = packageAction(command);
  if (action?.manager !== 'apk' || action.operands.length > 0) return false;
  const { kind, subcommand, flags } = action;
  const isAlone = flags.length > 0 && flags.every((flag) => APK_UPDATES.has(flag));
  return kind === 'update' || (subcommand?.text === 'add' && isAlone);
}

/** Options with which `apk add` updates the index first. */
export const APK_UPDATES: ReadonlySet<string> = new Set(['--update', '-U', '--update-cache']);
