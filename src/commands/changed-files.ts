/** Which files a command makes or changes, as it names them: in two layers, the image carries a file twice. */
import { readArguments } from './arguments.js';
import { isIn } from './catalogue/index.js';
import { fileArguments } from './file-arguments.js';
import { programOf, type Program } from './program.js';
import { baseName } from '../paths.js';
import type { Command, ShellWord } from '../shell/types.js';

/** Options that name what many programs write, and those with which an archive's folder is named. */
const OUTPUT = ['-o', '-O', '-out', '--out', '--output', '--output-document', '-C', '--directory', '-d'];

/** Files and folders that the command leaves different, or takes away: `/srv/data`, `~/.ssh`, `$HOME/bin`, `run.sh`. */
export function changedFiles(command: Command): readonly string[] {
  const program = programOf(command);
  return plain([...redirected(command), ...(program === undefined ? [] : textsOf(changedBy(program)))]);
}

/** Files and folders that are the command's own work, so that a later layer holds them once more when it changes them. */
export function madeFiles(command: Command): readonly string[] {
  const program = programOf(command);
  if (program === undefined) return plain(redirected(command));
  return plain([...redirected(command), ...textsOf(madeBy(program)), ...outputs(program), ...fetched(program)]);
}

/** A copy or a link puts something into a folder, or makes a file: which of the two is not known, and neither changes what it names. */
function changedBy(program: Program): readonly ShellWord[] {
  const { name, args, row } = program;
  const paths = fileArguments(program)?.paths ?? [];
  if (name === 'sed') return args.some(({ text }) => /^(?:-[nErsz]*i|--in-place)/.test(text)) ? paths : [];
  if (name === 'mv') return paths.slice(0, -1);
  return isIn(row, 'files') && !/^(?:cp|ln|install|mkdir)$/.test(name) ? paths : [];
}

function madeBy(program: Program): readonly ShellWord[] {
  const { name } = program;
  const paths = fileArguments(program)?.paths ?? [];
  if (/^rm(?:dir)?$/.test(name)) return [];
  if (/^(?:cp|ln|install|mv)$/.test(name)) return paths.slice(-1);
  if (name === 'rsync') return program.args.slice(-1);
  return /^(?:mkdir|dos2unix)$/.test(name) ? paths : changedBy(program);
}

function outputs({ args, row }: Program): readonly string[] {
  if (isIn(row, 'files')) return [];
  const { options } = readArguments(args, { valued: OUTPUT, unbundled: true });
  return options.flatMap(({ name, value }) => (value !== undefined && OUTPUT.includes(name) ? value : []));
}

/** `wget https://example.com/tool.tgz` and `curl -O …` make `tool.tgz`, `git clone … shop` makes `shop`. */
function fetched({ args, row }: Program): readonly string[] {
  if (isIn(row, 'fetch')) return args.flatMap(({ text }) => (/:\/\//.test(text) ? baseName(text) : []));
  if (!isIn(row, 'checkout')) return [];
  return args.slice(1).map(({ text }) => (text.includes(':') ? baseName(text).replace(/\.git$/, '') : text));
}

function redirected({ redirections }: Command): readonly string[] {
  return redirections.flatMap(({ operator, target }) => (operator.includes('>') && target !== undefined ? target : []));
}

function textsOf(words: readonly ShellWord[]): readonly string[] {
  return words.map(({ text }) => text);
}

/** One spelling of each; streams and the folder itself are nothing that a layer carries. */
function plain(paths: readonly string[]): readonly string[] {
  return paths
    .map((path) =>
      path
        .replace(/["']/g, '')
        .replace(/^\.\/(?=.)/, '')
        .replace(/(?<=[^/])\/$/, ''),
    )
    .filter((path) => !/^(?:|\.|\.\.|\/|\d|-.*|\/dev\/.*)$/.test(path));
}
