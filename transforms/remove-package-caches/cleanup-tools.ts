import { mountsOf } from '../../src/dockerfile/mounts.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import type { Config } from '../../src/image/types.js';
import { coversCache } from '../../src/commands/cache-paths.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import type { PackageAction } from '../../src/commands/packages.js';
import { rootProject } from '../../src/ecosystems/project/files.js';
import { yarnRelease } from '../../src/ecosystems/node/yarn-release.js';
import { cleanPath } from '../../src/paths.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Command } from '../../src/shell/types.js';

/** A command of a RUN that a package manager runs. */
export interface Installer {
  readonly command: Command;
  readonly action: PackageAction;
}

/** What is around the RUN. */
export interface Around {
  readonly instruction: Instruction;
  readonly config: Config;
  readonly context: BuildContext | undefined;
  /** Commands of the RUN, all of them. */
  readonly commands: readonly Command[];
}

/** How a cache that commands have filled is emptied at the end of the RUN. */
export interface CleanupTool {
  /** Of the package manager. */
  readonly name: string;
  readonly cache: string;
  /** Names in the words that take away what the cleanup runs, or what that needs. */
  readonly programs: RegExp;
  fills(installer: Installer): boolean;
  /** The command that empties the cache; a reason where none is right. */
  cleanup(installers: readonly Installer[], around: Around): { readonly command: string } | Refusal;
}

const rpm = (name: string): CleanupTool => ({
  name,
  cache: 'rpm',
  programs: /(?:^|\/)(?:micro|t)?(?:dnf|yum)|rpm|libsolv|python|platform/,
  fills: ({ action }) =>
    action.manager === name &&
    ['install', 'upgrade'].includes(action.kind) &&
    action.option('--installroot') === undefined,
  cleanup: (installers) => ({ command: `${sudoOf(installers)}${name} clean all` }),
});

const APT_LISTS: CleanupTool = {
  name: 'apt',
  cache: 'apt-lists',
  programs: /^sudo$/,
  fills: ({ action }) => action.manager === 'apt' && action.kind === 'update',
  cleanup: (installers) => ({ command: `${sudoOf(installers)}rm -rf /var/lib/apt/lists/*` }),
};

const ZYPPER: CleanupTool = {
  name: 'zypper',
  cache: 'zypper',
  programs: /zypp|libsolv|rpm/,
  fills: ({ action }) => action.manager === 'zypper' && ['install', 'upgrade'].includes(action.kind),
  cleanup: (installers) => ({ command: `${sudoOf(installers)}zypper clean -a` }),
};

const NPM: CleanupTool = {
  name: 'npm',
  cache: 'npm',
  programs: /node(?!_modules)|npm|^\/usr\/local\/bin\/?\*?$|^sudo$/,
  fills: ({ action }) =>
    action.manager === 'npm' && action.kind === 'install' && action.option('--cache') === undefined,
  cleanup: (installers) => ({ command: `${sudoOf(installers)}npm cache clean --force` }),
};

const YARN: CleanupTool = {
  name: 'yarn',
  cache: 'yarn',
  programs: /node(?!_modules)|yarn|npm|^\/usr\/local\/bin\/?\*?$/,
  fills: ({ action }) =>
    action.manager === 'yarn' && action.kind === 'install' && action.option('--cache-folder') === undefined,
  cleanup(_, { context }) {
    const release = context && yarnRelease(rootProject(context));
    if (release === undefined)
      return refuse(
        'yarn-version-unknown',
        'which yarn installs is not known without its yarn.lock: for yarn 2 and up the cache may be what runs',
      );
    if (release === 'berry') return refuse('yarn-berry', 'for yarn 2 and up the cache may be what runs');
    return { command: 'yarn cache clean' };
  },
};

const COMPOSER: CleanupTool = {
  name: 'composer',
  cache: 'composer',
  programs: /composer|php/,
  fills: ({ action }) =>
    action.manager === 'composer' &&
    /composer(?:\.phar)?$/.test(action.program.word.text) &&
    action.kind === 'install' &&
    !action.flags.includes('--no-cache'),
  cleanup: ([first]) => ({ command: `${first?.action.program.word.text ?? 'composer'} clear-cache` }),
};

const CONDA: CleanupTool = {
  name: 'conda',
  cache: 'conda',
  programs: /conda|mamba/,
  fills: ({ action }) => action.manager === 'conda' && action.kind === 'install',
  // Without -f, which conda knows since 4.6: it removes packages that are in use, too.
  cleanup: ([first]) => ({ command: `${first?.action.program.word.text ?? 'conda'} clean -ay` }),
};

/** In the order in which their cleanups are written. */
export const CLEANUP_TOOLS: readonly CleanupTool[] = [
  APT_LISTS,
  rpm('yum'),
  rpm('dnf'),
  rpm('microdnf'),
  rpm('tdnf'),
  ZYPPER,
  CONDA,
  COMPOSER,
  NPM,
  YARN,
];

function sudoOf(installers: readonly Installer[]): string {
  return installers.every(({ action }) => action.program.wrappers.includes('sudo')) ? 'sudo ' : '';
}

/** True when a command after the last one that fills the cache empties it, in whatever spelling. */
export function isCleaned(tool: CleanupTool, installers: readonly Installer[], commands: readonly Command[]): boolean {
  const last = Math.max(...installers.map(({ command }) => command.start));
  return commands.some((command) => command.start > last && cachesEmptied(command).includes(tool.cache));
}

/** True when a mount of the RUN covers the cache, so that it is not in the image at all. */
export function isMounted(cache: string, instruction: Instruction): boolean {
  return mountsOf(instruction).some(({ type, target }) => {
    if ((type !== 'cache' && type !== 'tmpfs') || target === undefined) return false;
    const path = cleanPath(target);
    return path.includes('$') || coversCache(cache, path);
  });
}
