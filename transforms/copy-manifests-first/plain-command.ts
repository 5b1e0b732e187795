/** Commands that have nothing to do with the files of a tree copy: system packages by name, settings, files elsewhere. */
import { isIn, rowOf } from '../../src/commands/catalogue/index.js';
import type { Row } from '../../src/commands/catalogue/types.js';
import type { Command } from '../../src/shell/types.js';
import type { Invocation } from '../../src/ecosystems/installs.js';
import { folderOfGlob, imagePath, isWithin } from '../../src/paths.js';

/** Where a command runs, and the files that count. */
export interface Place {
  /** Of the image; undefined where it is not known. */
  readonly directory: string | undefined;
  /** Folder of the image that the copy in question fills. */
  readonly tree: string;
}

/** It installs packages of the system, by name. */
export function isSystemInstaller(program: string): boolean {
  return isIn(rowOf(program), 'named-installs');
}

/** The command has nothing to do with the tree's files. */
export function isPlain(command: Command, { program, args }: Invocation, place: Place): boolean {
  const row = rowOf(program);
  if (isIn(row, 'fetch') && args.some(readsFile)) return false;
  if (isIn(row, 'settings') || asksVersion(args) || isGitSetting(program, args)) return true;
  if (program === 'corepack') return args[0] === 'enable' || (args[0] === 'prepare' && args[1]?.includes('@') === true);
  if (command.within.includes('pipeline') && readsPipe(row, args)) return true;
  if (program === 'apt-key') return args.includes('-') || args.includes('adv');
  if (program === 'php') return args.length === 1 && /^-[imv]$/.test(args[0] ?? '');
  if (program === '[' || program === 'test') return !testsFile(args);
  if (program === 'mkdir' && args.some((word) => /^-[a-z]*p/.test(word)))
    return args.every((word) => !/[$`]/.test(word));
  if (isIn(row, 'filter'))
    return command.within.includes('pipeline') && args.filter((word) => !word.startsWith('-')).length <= 1;
  const makesVenv = row?.ending?.includes('-m') === true && args[0] === '-m' && args[1] === 'venv';
  const words = makesVenv ? args.slice(2) : args;
  const namesAll = makesVenv || row?.paths !== undefined || isIn(row, 'names-files');
  return namesAll && words.every((word) => isOutside(program, word, place));
}

/** All that it installs is named, and no file. */
export function installsByName(program: string, args: readonly string[]): boolean {
  if (program === 'gem' && !['install', 'update', 'sources', 'uninstall'].includes(args[0] ?? '')) return false;
  if (program === 'gem' && args.some((word) => /^(?:-g|--file)/.test(word))) return false;
  return !args.some(namesFile);
}

/** `curl … | python3 -`, `curl … | bash -s -- -y`: the program comes through the pipe. */
function readsPipe(row: Row | undefined, args: readonly string[]): boolean {
  return isIn(row, 'shell', 'interpreter') && /^(?:--?|-[a-z]*s)?$/.test(args[0] ?? '');
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
export function isOutside(program: string, word: string, place: Place): boolean {
  if (/sh$/.test(program) && word === '-c') return false;
  if (word.startsWith('-') || /^~\//.test(word)) return true;
  if (/[$`]/.test(word)) return false;
  if (program === 'chmod' && /^(?:[0-7]+|[ugoa]*[+=-][rwxXst]*)$/.test(word)) return true;
  if (program === 'chown' && /^[\w.-]*:[\w.-]*$/.test(word)) return true;
  // `/tmp/*` is all of /tmp; a folder above the tree holds it.
  const path = imagePath(place.directory, folderOfGlob(word));
  return !isWithin(place.tree, path) && !isWithin(path, place.tree);
}

/** `./package.deb`, `/tmp/x.rpm` */
function namesFile(word: string): boolean {
  return /^\.{1,2}\/|\.(?:deb|rpm|apk|gem|tgz)$|\$\(|`/.test(word);
}
