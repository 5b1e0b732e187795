import { stagesOn } from '../../src/dockerfile/stages.js';
import { mountsOf } from '../../src/dockerfile/mounts.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { cachesAt, coversCache } from '../../src/commands/cache-paths.js';
import { packageAction, type PackageAction } from '../../src/commands/packages.js';
import { sourcesOf } from '../../src/image/sources.js';
import { cleanPath } from '../../src/paths.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { runScript } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';
import type { Around, Installer } from './cleanup-tools.js';
import type { Users } from './later-installs.js';

/** What tells a package manager of projects where its cache is, and to install from it. */
interface Habits {
  /** Names of variables of the environment. */
  readonly variables: RegExp;
  /** Commands that set the folder. */
  readonly settings?: RegExp;
  /** Words of a later command that needs what is in the cache. */
  readonly needs: RegExp;
}

const HABITS: Readonly<Record<string, Habits>> = {
  npm: {
    variables: /^(?:npm_config_cache|XDG_CACHE_HOME)$/i,
    settings: /\bnpm\s+(?:config\s+)?set\s+(?:-g\s+|--global\s+|--location=\w+\s+)*cache\b|\bnpm_config_cache=/i,
    needs: /\bnp[mx]\b[^&|;\n]*--(?:(?:prefer-)?offline|cache)(?![-\w])|npm_config_(?:prefer_)?offline|\/\.npm\b/i,
  },
  yarn: {
    variables: /^(?:YARN_CACHE_FOLDER|XDG_CACHE_HOME)$/i,
    settings: /\byarn\s+config\s+set\s+(?:-g\s+|--global\s+)*(?:cache-folder|cacheFolder)\b|\bYARN_CACHE_FOLDER=/,
    needs: /\byarn\b[^&|;\n]*--(?:(?:prefer-)?offline|cache-folder|cached)\b|\/\.cache\/yarn\b/i,
  },
  composer: {
    variables: /^(?:COMPOSER_CACHE_DIR|COMPOSER_HOME|XDG_CACHE_HOME)$/,
    settings: /\bcomposer\s+(?:global\s+)?config\s+(?:-g\s+|--global\s+)*cache-dir\b|\bCOMPOSER_(?:CACHE_DIR|HOME)=/,
    needs: /COMPOSER_DISABLE_NETWORK|\/composer\/cache\b/,
  },
  conda: {
    variables: /^CONDA_PKGS_DIRS$/,
    settings: /\bconda\s+config\s.*\bpkgs_dirs\b|\bCONDA_PKGS_DIRS=/,
    needs: /\b(?:conda|mamba)\b.*--offline\b|--use-index-cache/,
  },
  pip: {
    variables: /^(?:PIP_CACHE_DIR|XDG_CACHE_HOME)$/,
    settings: /\bpip\d?\s+config\s.*\bcache-dir\b|\bPIP_CACHE_DIR=/,
    needs: /\bpip[\d.]*\b.*(?:--no-index|--cache-dir)|\/\.cache\/pip\b/,
  },
  rpm: { variables: /^$/, needs: /\b(?:dnf|yum|microdnf|tdnf)\b[^&|;]*(?:[\s"]-C\b|--cacheonly)/ },
  zypper: { variables: /^$/, needs: /\bzypper\b[^&|;]*--no-refresh/ },
};

/** Why the cache that installers of a RUN fill stays as it is; undefined where nothing speaks for it. */
export function keptCache(
  users: Users,
  cache: string,
  filling: readonly Installer[],
  { instruction, config, commands }: Around,
): Refusal | undefined {
  const habits = HABITS[cache];
  if (habits === undefined) return undefined;
  const mount = SYSTEM.has(cache) ? undefined : cacheMount(cache, instruction);
  if (mount !== undefined) return mount;
  const variable = [...config.variables.entries()].map(([name]) => name).find((name) => habits.variables.test(name));
  if (variable !== undefined)
    return refuse('own-cache-folder', `${variable} puts it into a folder of the author's choice`);
  const setting = users.dockerfile.instructions.find(
    ({ keyword, body, start }) =>
      keyword === 'RUN' && start <= instruction.start && habits.settings?.test(body.text) === true,
  );
  if (setting !== undefined)
    return refuse('own-cache-folder', `line ${setting.startLine} puts it into a folder of the author's choice`);
  const own = cache === 'pip' ? undefined : (otherAccount(filling) ?? replaced(cache, filling, commands));
  return own ?? laterNeed(users, cache, habits, instruction);
}

/** Their folders are the same on every system. */
const SYSTEM = new Set(['rpm', 'zypper']);
/** Folders of build tools that no manager above uses. */
const OF_BUILD_TOOLS =
  /\/(?:go-build|pkg\/mod|golangci-lint|cargo|registry|\.m2|\.gradle|\.nuget|packages|\.?ccache|sccache|\.next|node_modules|target|pnpm|store|apt|apk|bazel)(?:\/|$)/;

/** A cache mount that is not known to be for another manager may be for this one: by USER, uid or a setting. */
function cacheMount(cache: string, instruction: Instruction): Refusal | undefined {
  const found = mountsOf(instruction).find(({ type, target }) => {
    if (type !== 'cache' || target === undefined) return false;
    const path = cleanPath(target);
    return !coversCache(cache, path) && cachesAt(path).length === 0 && !OF_BUILD_TOOLS.test(path);
  });
  return found && refuse('cache-mount', `the mount at ${found.target ?? ''} may be this cache`);
}

/** Emptied by another account than the one that filled it, the cache of a home would stay, or change hands. */
function otherAccount(filling: readonly Installer[]): Refusal | undefined {
  const other = filling.find(({ action: { program }, command }) => {
    if (program.wrappers.some((wrapper) => /^(?:gosu|su-exec|setuser|chpst|setpriv|runuser)$/.test(wrapper)))
      return true;
    return (
      program.wrappers.includes('sudo') && command.args.some(({ text }) => /^-\w*[uHi]|^--(?:user|set-home)/.test(text))
    );
  });
  return other && refuse('other-account', 'it belongs to the account that its command names');
}

const VERSION_MANAGERS = new Set(['n', 'nvm', 'volta', 'fnm', 'nodenv']);

/** The shell remembers where it found a program, and would start the one that has just been replaced. */
function replaced(cache: string, filling: readonly Installer[], commands: readonly Command[]): Refusal | undefined {
  const by = filling.find(({ action }) =>
    action.operands.some(({ text }) => text.replace(/(?<=.)@.*$|[=<>].*$/, '') === action.program.name),
  );
  const manager = ['npm', 'yarn'].includes(cache)
    ? commands.find(({ name }) => VERSION_MANAGERS.has(name?.value ?? ''))
    : undefined;
  return by === undefined && manager === undefined
    ? undefined
    : refuse('program-replaced', 'the RUN replaces the program that would empty it');
}

function laterNeed(users: Users, cache: string, { needs }: Habits, instruction: Instruction): Refusal | undefined {
  const { dockerfile, context } = users;
  const stage = dockerfile.stages[instruction.stageIndex];
  if (stage === undefined) return undefined;
  const rest = stage.instructions.slice(stage.instructions.indexOf(instruction) + 1);
  const later = [...rest, ...stagesOn(dockerfile, stage).flatMap(({ instructions }) => instructions)];
  for (const one of later) {
    const run = one.trigger ?? one;
    const text = [run.body.text, ...run.heredocs.map(({ body }) => dockerfile.text.slice(body.start, body.end))].join(
      '\n',
    );
    if (/^(?:RUN|CMD|ENTRYPOINT|COPY|ENV)$/.test(run.keyword) && needs.test(text))
      return refuse('needed-later', `line ${one.startLine} may need what is in it`);
    if (['npm', 'yarn', 'pip'].includes(cache) && run.keyword === 'RUN' && installs(users, run, cache))
      return refuse(
        'filled-again',
        `the RUN on line ${one.startLine} installs with ${cache} again, and from this cache`,
      );
  }
  const file = ['npm', 'yarn', 'pip'].includes(cache) ? sourcesOf(context).says(needs) : undefined;
  return file === undefined ? undefined : refuse('needed-later', `${file} may need what is in it`);
}

function installs({ dockerfile }: Users, run: Instruction, manager: string): boolean {
  const found = runScript(dockerfile, run);
  return !isRefusal(found) && found.script.commands.map(packageAction).some((action) => fills(action, manager));
}

function fills(action: PackageAction | undefined, manager: string): boolean {
  return action?.manager === manager && action.kind === 'install';
}

/** The command after the last installer that takes the program away which would empty the cache. */
export function removerOf(
  programs: RegExp,
  filling: readonly Installer[],
  commands: readonly Command[],
): Command | undefined {
  const last = Math.max(...filling.map(({ command }) => command.start));
  return commands.find((command) => command.start > last && mayTakeAway(programs, command, commands));
}

function mayTakeAway(programs: RegExp, command: Command, all: readonly Command[]): boolean {
  const action = packageAction(command);
  if (action?.kind === 'remove') {
    return action.operands.some(
      ({ value, text }) => value === undefined || programs.test(value) || inGroup(programs, text, all),
    );
  }
  const name = command.name?.value ?? '';
  if (name === 'rpm')
    return (
      command.args.some(({ text }) => /^-\w*e|^--erase/.test(text)) &&
      command.args.some(({ text }) => programs.test(text))
    );
  if (name !== 'rm' && name !== 'mv') return false;
  return command.args.some(
    ({ text }) => !text.startsWith('-') && programs.test(text) && !/cache|\.npm|pkgs|lists|\/tmp\//.test(text),
  );
}

/** `apk add --virtual .build nodejs npm` … `apk del .build` */
function inGroup(programs: RegExp, group: string, all: readonly Command[]): boolean {
  return all.map(packageAction).some((action) => {
    if (action?.manager !== 'apk' || action.kind !== 'install' || action.option('--virtual', '-t') !== group)
      return false;
    return action.operands.some(({ value }) => value === undefined || programs.test(value));
  });
}
