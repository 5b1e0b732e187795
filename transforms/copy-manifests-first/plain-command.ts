/** Commands that have nothing to do with the files of a tree copy: system packages by name, settings, files elsewhere. */
import type { Command } from '../../src/shell/types.js';
import type { Invocation } from '../../src/ecosystems/types.js';
import type { Shell } from './install-step.js';
import { imagePath, isWithin } from '../../src/paths.js';

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
export function isSystemInstaller(program: string): boolean {
  return SYSTEM_INSTALLERS.has(program);
}

/** The command has nothing to do with the tree's files. */
export function isPlain(command: Command, { program, args }: Invocation, shell: Shell): boolean {
  if ((program === 'curl' || program === 'wget') && args.some(readsFile)) return false;
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

/** All that it installs is named, and no file. */
export function installsByName(program: string, args: readonly string[]): boolean {
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

/** `curl -d @file`, `wget --post-file=x` */
function readsFile(word: string): boolean {
  return /@|^-[TKi]|^--(?:upload-file|config|cacert|cert|key|post-file|body-file|input-file|ca-)/.test(word);
}

/** A word of a command names no file of the tree. */
export function isOutside(program: string, word: string, shell: Shell): boolean {
  if (/sh$/.test(program) && word === '-c') return false;
  if (word.startsWith('-') || /^~\//.test(word)) return true;
  if (/[$`]/.test(word)) return false;
  if (program === 'chmod' && /^(?:[0-7]+|[ugoa]*[+=-][rwxXst]*)$/.test(word)) return true;
  if (program === 'chown' && /^[\w.-]*:[\w.-]*$/.test(word)) return true;
  // `/tmp/*` is all of /tmp; a folder above the tree holds it.
  const path = imagePath(shell.directory, word.replace(/[^/]*[*?[].*$/, ''));
  return !isWithin(shell.tree, path) && !isWithin(path, shell.tree);
}

/** `./package.deb`, `/tmp/x.rpm` */
function namesFile(word: string): boolean {
  return /^\.{1,2}\/|\.(?:deb|rpm|apk|gem|tgz)$|\$\(|`/.test(word);
}
