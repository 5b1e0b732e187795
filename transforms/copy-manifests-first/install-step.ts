/** What one shell command does with the project: installs its dependencies, something else that needs no sources, or unknown. */
import { valueOf } from '../../src/commands/arguments.js';
import { rowOf } from '../../src/commands/catalogue/index.js';
import { packageAction } from '../../src/commands/packages.js';
import type { Command } from '../../src/shell/types.js';
import { readInstall, readInvocation, type Invocation } from '../../src/ecosystems/installs.js';
import type { Environment, Install } from '../../src/ecosystems/project/types.js';
import type { CommandLine } from '../../src/ecosystems/mentions/call-quotes.js';
import { installsByName, isOutside, isPlain, isSystemInstaller, type Place } from './plain-command.js';
import { imagePath } from '../../src/paths.js';

export interface Step {
  /**
   * `install`: of the project's dependencies; `packages`: of packages named on the command line; `tools`: of nothing but package
   * managers, or their settings; `plain`: anything else.
   */
  readonly kind: 'install' | 'packages' | 'tools' | 'plain';
  readonly install?: Install;
  /** Where it installs anything: the command, without what only starts it, and the variables that it sets for itself. */
  readonly call?: CommandLine;
  /** Folder of the image in which it runs. */
  readonly directory: string;
}

/** The shell while its commands are read, one after the other. */
export interface Shell extends Place {
  directory: string | undefined;
  readonly env: Environment;
  /** A command changed variables or options for later ones. */
  stateful: boolean;
  /** A command changed the folder for later ones. */
  moved: boolean;
}

export function readStep(command: Command, shell: Shell): Step | undefined {
  if (command.within.some((node) => node === 'background' || node === 'function')) return undefined;
  const invocation = readInvocation(command, shell.env);
  if (invocation === undefined || !redirectsOutside(command, shell)) return undefined;
  const { program, args } = invocation;
  const directory = imagePath(shell.directory, '.');
  const state = rowOf(program)?.state?.kind;
  if (program === '' || state === 'option' || state === 'environment' || state === 'setting') {
    shell.stateful = true;
    return { kind: 'plain', directory };
  }
  if (program === '.' || program === 'source') return readEnvironment(args, shell);
  if (program === 'cd') return changeDirectory(command, args, shell);
  if (isSystemInstaller(program)) return installsByName(program, args) ? { kind: 'packages', directory } : undefined;
  if (isPlain(command, invocation, shell)) return { kind: 'plain', directory };
  return installStep(command, invocation, directory);
}

/** The install of dependencies that the command is, or of packages that it names. */
function installStep(command: Command, invocation: Invocation, directory: string): Step | undefined {
  const found = readInstall(invocation);
  if (found === undefined) return undefined;
  const variables = command.assignments.map(({ name, value }) => [name, value?.value ?? ''] as const);
  const call = { words: [invocation.program, ...invocation.args], variables };
  if (found === 'independent') return { kind: bringsPackages(command) ? 'packages' : 'tools', call, directory };
  return { kind: 'install', install: found, call, directory: imagePath(directory, found.directory) };
}

/** They come with package managers. */
const COMPANIONS = new Set(['bundler', 'corepack', 'setuptools', 'virtualenv', 'wheel']);

/** It installs something else than package managers: `pip install poetry==1.8.4` and `poetry config …` do not. */
function bringsPackages(command: Command): boolean {
  const action = packageAction(command);
  if (action?.kind !== 'install') return false;
  const names = action.operands.map((word) => /^@?[\w./-]+/.exec(valueOf(word))?.[0] ?? '');
  return names.some((name) => rowOf(name)?.manager === undefined && !COMPANIONS.has(name));
}

/** To run it again is what the order of the instructions is to save. */
export function isSlow({ kind, install }: Step): boolean {
  return kind === 'packages' || (kind === 'install' && install?.prepares !== true);
}

export function isWorthwhile(steps: readonly Step[]): boolean {
  return steps.some(({ kind }) => kind !== 'plain');
}

/** `. /opt/venv/bin/activate`: what it sets is not known, but it is no file of the project. */
function readEnvironment([file = '']: readonly string[], shell: Shell): Step | undefined {
  if (!/^(?:\/|~\/|\$NVM_DIR\/|\$HOME\/)/.test(file) || !isOutside('.', file.replace(/^[~$]\w*/, '/root'), shell))
    return undefined;
  shell.stateful = true;
  return { kind: 'plain', directory: imagePath(shell.directory, '.') };
}

function changeDirectory(command: Command, args: readonly string[], shell: Shell): Step | undefined {
  const [folder, ...more] = args;
  if (folder === undefined || more.length > 0 || /^[-~$]/.test(folder) || command.within.length > 0) return undefined;
  if (/[`$*?]/.test(folder)) return undefined;
  const directory = imagePath(shell.directory, folder);
  if (directory !== imagePath(shell.directory, '.')) shell.moved = true;
  shell.directory = directory;
  return { kind: 'plain', directory };
}

/** Every file that the command writes or reads by redirection lies outside the tree. */
function redirectsOutside(command: Command, shell: Shell): boolean {
  return command.redirections.every(
    ({ operator, target }) =>
      operator.includes('&') || operator === '<<<' || (target !== undefined && isOutside('', target, shell)),
  );
}
