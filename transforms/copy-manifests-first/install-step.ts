/** What one shell command does with the project: installs its dependencies, something else that needs no sources, or unknown. */
import { expandKnown, variablesOf } from '../../src/dockerfile/expand.js';
import { programOf } from '../../src/commands/program.js';
import type { Command } from '../../src/shell/types.js';
import { ecosystems } from '../../src/ecosystems/index.js';
import type { Environment, Install, Invocation } from '../../src/ecosystems/types.js';
import { installsByName, isOutside, isPlain, isSystemInstaller } from './plain-command.js';
import { imagePath } from '../../src/paths.js';

export interface Step {
  /** `install`: of the project's dependencies; `packages`: of packages named on the command line; `plain`: anything else. */
  readonly kind: 'install' | 'packages' | 'plain';
  readonly install?: Install;
  /** Folder of the image in which it runs. */
  readonly directory: string;
}

/** The shell while its commands are read, one after the other. */
export interface Shell {
  directory: string | undefined;
  readonly env: Environment;
  /** Folder of the image that the copy in question fills. */
  readonly tree: string;
  /** A command changed variables or options for later ones. */
  stateful: boolean;
  /** A command changed the folder for later ones. */
  moved: boolean;
}

const SHELL_STATE = new Set(['set', 'export', 'unset', 'umask', 'shopt', 'ulimit']);

export function readStep(command: Command, shell: Shell): Step | undefined {
  if (command.within.some((node) => node === 'background' || node === 'function')) return undefined;
  const invocation = readInvocation(command, shell.env);
  if (invocation === undefined || !redirectsOutside(command, shell)) return undefined;
  const { program, args } = invocation;
  const directory = imagePath(shell.directory, '.');
  if (program === '' || SHELL_STATE.has(program)) {
    shell.stateful = true;
    return { kind: 'plain', directory };
  }
  if (program === '.' || program === 'source') return readEnvironment(args, shell);
  if (program === 'cd') return changeDirectory(command, args, shell);
  if (isSystemInstaller(program)) return installsByName(program, args) ? { kind: 'packages', directory } : undefined;
  if (isPlain(command, invocation, shell)) return { kind: 'plain', directory };
  return readEcosystem(invocation, directory);
}

function readEcosystem(invocation: Invocation, directory: string): Step | undefined {
  if (invocation.args.some((word) => /^["']?\$|\$\(|`/.test(word))) return undefined;
  for (const ecosystem of ecosystems) {
    if (!ecosystem.programs.includes(invocation.program)) continue;
    const found = ecosystem.read(invocation);
    if (found === 'independent') return { kind: 'packages', directory };
    if (found !== undefined)
      return { kind: 'install', install: found, directory: imagePath(directory, found.directory) };
  }
  return undefined;
}

/** The install of a project's dependencies that a command is, wherever it stands. */
export function installOf(command: Command): Install | undefined {
  const invocation = readInvocation(command, new Map());
  const step = invocation && readEcosystem(invocation, '/');
  return step?.install;
}

export function isWorthwhile(steps: readonly Step[]): boolean {
  return steps.some(({ kind }) => kind !== 'plain');
}

/** The command without what only starts another: `sudo -E env A=b /usr/bin/npm ci`. */
function readInvocation(command: Command, known: Environment): Invocation | undefined {
  const own = new Map(command.assignments.map(({ name, value }) => [name, value?.value ?? '']));
  const env: Environment = { get: (name) => own.get(name) ?? known.get(name) };
  if (command.name === undefined) return { program: '', args: [], env };
  const program = programOf(command);
  if (program === undefined) return undefined;
  // A relative path names a file of the project: `bin/setup`. The wrappers are listed among what their install reads.
  const isProjectFile = /^[^/]+\//.test(program.word.text) && program.name !== 'mvnw' && program.name !== 'gradlew';
  return isProjectFile
    ? undefined
    : { program: program.name, args: program.args.map(({ value, text }) => value ?? fillIn(text, known)), env };
}

/**
 * The Dockerfile's variables filled in, as the shell does; as written where one is not known. An operator such as `:-` asks
 * whether a variable is set, and a command before may have set it.
 */
function fillIn(text: string, variables: Environment): string {
  const expanded = expandKnown(text, (name) => variables.get(name), '\\');
  const isPlain = variablesOf(text, '\\').every(({ operator }) => operator === '');
  return expanded === undefined || expanded.includes('$') || !isPlain ? text : expanded;
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
