import { programOf } from './commands.js';
import { packageAction } from './packages.js';
import type { Command, ShellWord } from './types.js';

/** Folders that package managers fill and that no image needs. */
const CACHE_PATHS: Readonly<Record<string, RegExp>> = {
  'apt-lists': /^\/var\/lib\/apt\/lists(?:\/.*)?$|^\/var\/lib\/apt\/?\*?$/,
  'apt-archives': /^\/var\/cache\/(?:apt|debconf)(?:\/.*)?$/,
  apk: /^\/var\/cache\/apk(?:\/.*)?$|^\/etc\/apk\/cache\/?.*$/,
  rpm: /^\/var\/cache\/(?:yum|dnf|libdnf5|tdnf)(?:\/.*)?$|^\/var\/lib\/dnf\/history.*$/,
  zypper: /^\/var\/cache\/zypp(?:\/.*)?$/,
  pacman: /^\/var\/cache\/pacman\/pkg(?:\/.*)?$|^\/var\/lib\/pacman\/sync(?:\/.*)?$/,
  pip: /^(?:~|\/root|\$\{?HOME\}?)\/\.cache(?:\/pip.*|\/?\*?)$/,
  npm: /^(?:~|\/root|\$\{?HOME\}?)\/\.npm(?:\/.*)?$/,
  yarn: /^\/usr\/local\/share\/\.cache(?:\/.*)?$|^(?:~|\/root|\$\{?HOME\}?)\/\.cache\/yarn.*$/,
  composer: /^(?:~|\/root|\$\{?HOME\}?)\/\.composer\/cache.*$|^\/tmp\/cache\/?.*$/,
  gem: /^\/usr\/local\/bundle\/cache.*$|^(?:~|\/root|\$\{?HOME\}?)\/\.(?:bundle|gem)\/?(?:cache.*)?$/,
};

export type Cache = string;

/** The caches that a command empties, `[]` when none: `rm -rf /var/lib/apt/lists/*`, `yum clean all`, `npm cache clean --force`. */
export function cachesEmptied(command: Command): readonly Cache[] {
  const program = programOf(command);
  if (program === undefined) return [];
  if (
    program.name === 'rm' ||
    (program.name === 'find' && /-delete|-exec|rm/.test(program.args.map(({ text }) => text).join(' ')))
  )
    return cachesAt(program.args);
  const action = packageAction(command);
  if (action === undefined || action.kind !== 'clean') return [];
  const rest = action.operands.map(({ text }) => text);
  switch (action.manager) {
    case 'apt':
      return action.subcommand?.text === 'distclean' ? ['apt-lists', 'apt-archives'] : ['apt-archives'];
    case 'yum':
    case 'dnf':
    case 'microdnf':
    case 'tdnf':
      return rest.includes('all') ? ['rpm'] : [];
    case 'apk':
      return rest.includes('clean') ? ['apk'] : [];
    case 'npm':
    case 'yarn':
    case 'pip':
      return rest.some((word) => word === 'clean' || word === 'clear' || word === 'purge') ? [action.manager] : [];
    case 'zypper':
    case 'composer':
    case 'conda':
      return [action.manager];
    default:
      return [];
  }
}

function cachesAt(words: readonly ShellWord[]): readonly Cache[] {
  const found = new Set<Cache>();
  for (const { text } of words)
    for (const [cache, pattern] of Object.entries(CACHE_PATHS))
      if (pattern.test(text.replace(/["']/g, ''))) found.add(cache);
  return [...found];
}

/** True when a command does nothing else than emptying package caches: taking it away or adding it changes no other file. */
export function isCacheCleanup(command: Command): boolean {
  if (cachesEmptied(command).length === 0 || command.assignments.length > 0) return false;
  const program = programOf(command);
  if (program?.name === 'find') return true;
  if (program?.name !== 'rm') return true;
  const paths = program.args.filter(({ text }) => !text.startsWith('-'));
  return paths.every((path) => cachesAt([path]).length > 0);
}

/** Options that keep a manager from filling its cache: `--no-cache`, `--no-cache-dir`, and those that `--no-cache` makes needless. */
const CACHE_FLAGS: Readonly<Record<string, readonly string[]>> = {
  apk: ['--no-cache', '--update', '--update-cache', '-U'],
  pip: ['--no-cache-dir', '--no-cache-dir=true'],
  uv: ['--no-cache', '-n'],
  composer: ['--no-cache'],
};

/** The words of a command that are such options. */
export function cacheFlags(command: Command): readonly ShellWord[] {
  const action = packageAction(command);
  const known = action === undefined ? [] : (CACHE_FLAGS[action.manager] ?? []);
  return known.length === 0 ? [] : command.args.filter(({ text }) => known.includes(text));
}

/** `apk update`: it only fills the index, which `apk add --no-cache` fetches by itself. */
export function isIndexRefresh(command: Command): boolean {
  const action = packageAction(command);
  return action?.manager === 'apk' && action.kind === 'update' && action.operands.length === 0;
}
