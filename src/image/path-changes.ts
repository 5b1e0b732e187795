/** Whether a RUN may make, change or remove a file. What is not known to leave it alone may. */
import { isIn } from '../commands/catalogue/index.js';
import { fileArguments, type FileArguments } from '../commands/file-arguments.js';
import { packageAction } from '../commands/packages.js';
import { programOf, type Program } from '../commands/program.js';
import { baseName, imagePath, mayOverlap } from '../paths.js';
import type { Command, ShellWord } from '../shell/types.js';
import type { Step } from './types.js';

interface Sought {
  readonly path: string;
  /** The folder that the command runs in. */
  readonly directory: string | undefined;
}

export function mayChange({ script, config }: Step, path: string): boolean {
  if (script === undefined) return true;
  const { commands, compounds } = script;
  const moves = commands.some((command) => programOf(command)?.row?.state?.kind === 'directory');
  const sought = { path, directory: moves ? undefined : config.workdir };
  return commands.some((one) => commandMayChange(one, sought)) || compounds.some((one) => writesTo(one, sought));
}

function commandMayChange(command: Command, sought: Sought): boolean {
  if (writesTo(command, sought)) return true;
  const program = programOf(command);
  if (program === undefined) return command.name !== undefined;
  const { args, row, local } = program;
  if (local) return !runs(program, sought);
  const files = fileArguments(program);
  if (files !== undefined) return isIn(row, 'files') && row?.paths?.keeps !== true && namesOne(files, sought);
  if (runs(program, sought) || packageAction(command) !== undefined || writesNothing(program)) return false;
  const isKnown = isIn(row, 'settings', 'directory-free', 'package-setup', 'filter');
  return !isKnown || args.some((arg) => mentions(arg, sought));
}

/** Builtins of the shell, and programs that only ask or print. */
function writesNothing({ row }: Program): boolean {
  if (row?.state !== undefined) return row.state.kind !== 'other';
  return isIn(row, 'feeds', 'answers', 'neutral') && !isIn(row, 'fetch', 'package-setup');
}

/** The file itself is what it runs. */
function runs({ name, args, word, row }: Program, { path, directory }: Sought): boolean {
  const started = isIn(row, 'shell') || name === '.' || name === 'source' ? args.find(isOperand) : word;
  return started?.value !== undefined && imagePath(directory, started.value) === path;
}

function isOperand({ text }: ShellWord): boolean {
  return !text.startsWith('-');
}

function writesTo({ redirections }: Pick<Command, 'redirections'>, sought: Sought): boolean {
  return redirections.some(
    ({ operator, target }) =>
      operator.includes('>') && !/^\d$/.test(target ?? '') && (target === undefined || names(target, sought)),
  );
}

/** A path among the words is the file, or a folder that holds it; a variable or a pattern may stand for any path. */
function namesOne({ options, paths }: FileArguments<ShellWord>, sought: Sought): boolean {
  const values = options.flatMap(({ value }) => value ?? []);
  return values.some((value) => names(value, sought)) || paths.some((word) => mayName(word, sought));
}

function names(value: string, { path, directory }: Sought): boolean {
  return mayOverlap(imagePath(directory, value), path);
}

function mayName({ value, text }: ShellWord, sought: Sought): boolean {
  if (value !== undefined) return names(value, sought);
  const [start = ''] = text.replace(/["']/g, '').split(/[*?[$`{]/);
  return start === '' || names(start.slice(0, start.lastIndexOf('/') + 1), sought);
}

/** The word may be a path to the file: it ends in its name, or is written as a path. */
function mentions({ value }: ShellWord, sought: Sought): boolean {
  if (value === undefined) return false;
  return baseName(value) === baseName(sought.path) || (value.includes('/') && names(value, sought));
}
