import { imagePath, isWithin } from '../paths.js';
import type { Command, Script, ShellWord } from '../shell/types.js';
import { cachePaths } from './cache-paths.js';
import { fileArguments, findStarts } from './file-arguments.js';
import { programOf, type Program } from './program.js';

/**
 * The path whose removal takes away the directory that each RUN starts in, or may do so: the builder makes that directory again
 * for a RUN of its own, the second half of a joined one would miss it.
 * @param directory undefined where it is not known
 */
export function lostDirectory(script: Script, directory: string | undefined): string | undefined {
  return script.commands.flatMap(takenAway).find((word) => mayHold(script, word, directory))?.text;
}

/** What a command removes, moves elsewhere or puts something else in the place of. */
function takenAway(command: Command): readonly ShellWord[] {
  const program = programOf(command);
  if (program === undefined) return [];
  if (program.name === 'find') return removedByFind(program);
  const paths = fileArguments(program)?.paths ?? [];
  if (program.name === 'rm' || program.name === 'rmdir') return paths;
  if (program.name === 'mv') return paths.slice(0, -1);
  return program.name === 'ln' ? paths.slice(-1) : [];
}

function removedByFind({ args }: Program): readonly ShellWord[] {
  const removes = args.some(({ text }) => text === '-delete' || /(?:^|\/)(?:rm|rmdir|mv)$/.test(text));
  return removes ? findStarts(args) : [];
}

/** Places where no image works, and names that are those of files. */
const ELSEWHERE =
  /^\/(?:tmp|var\/(?:tmp|cache|log|lib\/(?:apt|dpkg|dnf))|usr\/share\/(?:doc|man|locale|info)|etc|usr\/(?:local\/)?s?bin|s?bin)\/./;
const FILE = /\/[^/]*[^/.]\.[A-Za-z]\w*$/;

function mayHold(script: Script, { text, value }: ShellWord, directory: string | undefined): boolean {
  const written = (value ?? text).replace(/["']/g, '');
  if (/[$`]/.test(value ?? text)) return !isTemporary(script, written) && !isPlainFile(written);
  const glob = written.search(/[*?[{]/);
  const path = imagePath(directory, glob < 0 ? written : written.slice(0, written.lastIndexOf('/', glob) + 1) || '.');
  if (cachePaths(written).inside || ELSEWHERE.test(`${path}/.`)) return false;
  if (directory === undefined)
    return written.startsWith('/') ? glob < 0 && !FILE.test(path) : /(?:^|\/)\.\.?(?:\/|$)/.test(written);
  // Of what a pattern names nothing is known but the folder it lies in.
  return glob < 0 ? isWithin(path, directory) : path !== directory && isWithin(path, directory);
}

/** `$X` where the script says `X=$(mktemp -d)`. */
function isTemporary({ text }: Script, written: string): boolean {
  const name = /^\$\{?(\w+)\}?/.exec(written)?.[1];
  return name !== undefined && new RegExp(`\\b${name}=["']?\\$\\(mktemp\\b`).test(text);
}

/** A name with an extension, whatever folder its variables stand for. */
function isPlainFile(written: string): boolean {
  return FILE.test(`/${written}`);
}
