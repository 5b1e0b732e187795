/** What one shell command does with the project: installs its dependencies, something else that needs no sources, or unknown. */
import { programOf } from '../../src/shell/commands.js';
import type { Command } from '../../src/shell/types.js';
import { ecosystems } from './ecosystems/index.js';
import type { Environment, Install, Invocation } from './ecosystems/types.js';
import { pathBelow, resolvePath } from './image-path.js';

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

/** Install packages of the system by name. */
const SYSTEM_INSTALLERS = new Set(
  'apt-get apt aptitude apk yum dnf microdnf tdnf zypper pacman gem pecl docker-php-ext-install docker-php-ext-enable docker-php-ext-configure install-php-extensions'.split(
    ' ',
  ),
);
/** Read and write nothing but what their words name, the network and the system's settings. */
const PLAIN = new Set(
  'echo printf true : exit date sleep uname add-apt-repository dpkg-reconfigure locale-gen update-locale update-ca-certificates groupadd useradd usermod addgroup adduser curl wget ldconfig which type mktemp a2enmod'.split(
    ' ',
  ),
);
/** Work on files: known where every word names a place outside the tree. */
const FILE_TOOLS = new Set(
  'rm mkdir ln cp mv touch chmod chown tar unzip gunzip cat ls tee sed gpg sh bash dash virtualenv'.split(' '),
);
/** Read what is piped into them, where they are given no file. */
const FILTERS = new Set(['grep', 'egrep', 'head', 'tail', 'sort', 'wc', 'tr', 'cut', 'awk']);
const SHELL_STATE = new Set(['set', 'export', 'unset', 'umask', 'shopt', 'ulimit']);

export function readStep(command: Command, shell: Shell): Step | undefined {
  if (command.within.some((node) => node === 'background' || node === 'function')) return undefined;
  const invocation = readInvocation(command, shell.env);
  if (invocation === undefined || !redirectsOutside(command, shell)) return undefined;
  const { program, args } = invocation;
  const directory = resolvePath(shell.directory, '.');
  if (program === '' || SHELL_STATE.has(program)) {
    shell.stateful = true;
    return { kind: 'plain', directory };
  }
  if (program === 'cd') return changeDirectory(command, args, shell);
  if (SYSTEM_INSTALLERS.has(program))
    return installsByName(program, args) ? { kind: 'packages', directory } : undefined;
  if (isPlain(command, invocation, shell)) return { kind: 'plain', directory };
  return readEcosystem(invocation, directory);
}

/** The command has nothing to do with the tree's files. */
function isPlain(command: Command, { program, args }: Invocation, shell: Shell): boolean {
  if (PLAIN.has(program) || asksVersion(args) || isGitSetting(program, args)) return true;
  if (program === 'corepack') return args[0] === 'enable' || (args[0] === 'prepare' && args[1]?.includes('@') === true);
  if (command.within.includes('pipeline') && readsPipe(program, args)) return true;
  if (program === 'apt-key') return args.includes('-') || args.includes('adv');
  if (program === 'php') return args.length === 1 && /^-[imv]$/.test(args[0] ?? '');
  if (program === '[' || program === 'test') return !testsFile(args);
  if (program === 'mkdir' && args.some((word) => /^-[a-z]*p/.test(word)))
    return args.every((word) => !/[$`]/.test(word));
  if (FILTERS.has(program))
    return command.within.includes('pipeline') && args.filter((word) => !word.startsWith('-')).length <= 1;
  const words = /^python[\d.]*$/.test(program) && args[0] === '-m' && args[1] === 'venv' ? args.slice(2) : undefined;
  return (
    (words !== undefined || FILE_TOOLS.has(program)) && (words ?? args).every((word) => isOutside(program, word, shell))
  );
}

function readEcosystem(invocation: Invocation, directory: string): Step | undefined {
  if (invocation.args.some((word) => /^["']?\$|\$\(|`/.test(word))) return undefined;
  for (const ecosystem of ecosystems) {
    if (!ecosystem.programs.includes(invocation.program)) continue;
    const found = ecosystem.read(invocation);
    if (found === 'independent') return { kind: 'packages', directory };
    if (found !== undefined)
      return { kind: 'install', install: found, directory: resolvePath(directory, found.directory) };
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
    : { program: program.name, args: program.args.map(({ value, text }) => value ?? expand(text, known)), env };
}

/** `$NAME` of the Dockerfile's variables filled in; as written where one is not known. */
function expand(text: string, variables: Environment): string {
  const bare = text.replace(/^"([^"]*)"$/, '$1');
  const expanded = bare.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, name?: string) => {
    return variables.get(braced ?? name ?? '') ?? whole;
  });
  return expanded.includes('$') ? text : expanded;
}

function installsByName(program: string, args: readonly string[]): boolean {
  if (program === 'gem' && !['install', 'update', 'sources', 'uninstall'].includes(args[0] ?? '')) return false;
  if (program === 'gem' && args.some((word) => /^(?:-g|--file)/.test(word))) return false;
  return !args.some(namesFile);
}

/** `curl … | python3 -`, `curl … | bash -s -- -y`: the program comes through the pipe. */
function readsPipe(program: string, args: readonly string[]): boolean {
  return (
    /^(?:sh|bash|dash|python[\d.]*|php|node|perl|ruby)$/.test(program) && /^(?:--?|-[a-z]*s)?$/.test(args[0] ?? '')
  );
}

function asksVersion(args: readonly string[]): boolean {
  return args.length === 1 && /^--?v(?:ersion)?$/i.test(args[0] ?? '');
}

function isGitSetting(program: string, args: readonly string[]): boolean {
  return program === 'git' && args[0] === 'config' && (args.includes('--global') || args.includes('--system'));
}

function testsFile(args: readonly string[]): boolean {
  return args.some((word) => /^-[a-hkpr-uwxGLNOS]$/.test(word) && word !== '-n' && word !== '-z');
}

function changeDirectory(command: Command, args: readonly string[], shell: Shell): Step | undefined {
  const [folder, ...more] = args;
  if (folder === undefined || more.length > 0 || /^[-~$]/.test(folder) || command.within.length > 0) return undefined;
  if (/[`$*?]/.test(folder)) return undefined;
  const directory = resolvePath(shell.directory, folder);
  if (directory !== resolvePath(shell.directory, '.')) shell.moved = true;
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

function isOutside(program: string, word: string, shell: Shell): boolean {
  if (/sh$/.test(program) && word === '-c') return false;
  if (word.startsWith('-') || /^~\//.test(word)) return true;
  if (/[$`]/.test(word)) return false;
  if (program === 'chmod' && /^(?:[0-7]+|[ugoa]*[+=-][rwxXst]*)$/.test(word)) return true;
  if (program === 'chown' && /^[\w.-]*:[\w.-]*$/.test(word)) return true;
  return pathBelow(shell.tree, resolvePath(shell.directory, word)) === undefined;
}

/** `./package.deb`, `/tmp/x.rpm` */
function namesFile(word: string): boolean {
  return /^\.{1,2}\/|\.(?:deb|rpm|apk|gem|tgz)$|\$\(|`/.test(word);
}
