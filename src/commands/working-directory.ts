import { isIn } from './catalogue/index.js';
import type { Paths } from './catalogue/types.js';
import { fileArguments, type FileArguments } from './file-arguments.js';
import { packageAction } from './packages.js';
import { programOf } from './program.js';
import type { Command, Redirection, Script, ShellRange, ShellWord } from '../shell/types.js';

/** True when nothing in the script depends on the directory it starts in. */
export function ignoresDirectory(script: Script): boolean {
  if (/\$\{?[#!]?(?:PWD|OLDPWD)\b|(?:^|\s)~[-+]|\$\(\s*<|\bcd\s+(?:-|&&|;|$)/.test(script.text)) return false;
  const arrival = arrivalOf(script);
  const before = (one: ShellRange): boolean => one.start < arrival;
  return (
    script.commands.filter(before).every(commandIgnoresDirectory) &&
    script.compounds.filter(before).every(
      ({ kind, start, end, redirections }) =>
        // Words of a loop or a test are not commands: a glob or a relative file may be among them.
        (kind === 'subshell' ||
          kind === 'group' ||
          (kind === 'condition' && !/\[\[/.test(script.text.slice(start, end)))) &&
        redirections.every(isAbsoluteRedirection),
    )
  );
}

/** Offset of a `cd /absolute` without which nothing after it runs; the end of the text when there is none. */
function arrivalOf({ commands, statements, text }: Script): number {
  const found = commands.find(
    ({ name, args, unconditional, redirections, assignments }) =>
      unconditional &&
      name?.value === 'cd' &&
      args.length === 1 &&
      args[0]?.value?.startsWith('/') === true &&
      redirections.length + assignments.length === 0,
  );
  if (found === undefined) return text.length;
  const last = statements.length - 1;
  const plain = found.statement === last && statements[last]?.operators.every((operator) => operator === '&&') === true;
  return plain ? found.start : text.length;
}

function commandIgnoresDirectory(command: Command): boolean {
  if (!command.redirections.every(isAbsoluteRedirection)) return false;
  const program = programOf(command);
  if (program === undefined) return command.name === undefined;
  if (program.local) return false;
  const { name, args, row } = program;
  if (isIn(row, 'directory-free')) return args.every(namesNoFile) && (name !== 'apt-key' || namesNoRelativeFile(args));
  const files = fileArguments(program);
  if (files !== undefined) return (name !== 'sed' || sedNamesNoFile(args)) && pathsAreAbsolute(files, row?.paths);
  const action = packageAction(command);
  return action !== undefined && row?.manager?.system === true && action.operands.every(isPackageName);
}

function namesNoFile(word: ShellWord): boolean {
  return !isRelativeGlob(word) && !/^["']?\.{1,2}\/|\.(?:asc|gpg|key|pub|service)["']?$/.test(relative(word));
}

function isPackageName({ text }: ShellWord): boolean {
  return !/^["']?\.{1,2}\/|\.(?:deb|rpm|apk|zst|xz)["']?$|^["']?[^/:]+\/[^:]*$/.test(text) || text.startsWith('/');
}

/** The text of a word, empty for an absolute path. */
function relative({ text }: ShellWord): string {
  return isAbsolute(text) ? '' : text;
}

function namesNoRelativeFile(args: readonly ShellWord[]): boolean {
  const at = args.findIndex(({ text }) => text === 'add');
  const file = at < 0 ? undefined : args[at + 1]?.text;
  return file === undefined || file === '-' || isAbsolute(file);
}

function isRelativeGlob({ text, value }: ShellWord): boolean {
  return value === undefined && /[*?[]/.test(text) && !isAbsolute(text);
}

function isAbsolute(text: string): boolean {
  return /^(?:["']?\/|~\/|~$|"?\$\{?HOME\}?"?(?:\/|"?$))/.test(text);
}

function isAbsoluteRedirection({ operator, target = '' }: Redirection): boolean {
  if (operator.startsWith('<<')) return true;
  if ((operator === '>&' || operator === '<&') && /^[\d-]+$/.test(target)) return true;
  return isAbsolute(target);
}

function pathsAreAbsolute({ options, paths }: FileArguments<ShellWord>, habit: Paths | undefined): boolean {
  if (options.some(({ word }) => namesPath(word.text))) return false;
  const named = paths.filter(({ text }) => text !== '-');
  return named.every(({ text }) => isAbsolute(text)) && (habit?.needed !== true || named.length > 0);
}

/** Options with a path of their own: `--reference=x`, `-t/x`. */
function namesPath(option: string): boolean {
  return /^--(?:reference|target-directory|from-file)/.test(option) || /^-(?=[A-Za-z]*[tr])\w+\//.test(option);
}

/** A program of sed may read or write a file by name, or be one. */
function sedNamesNoFile(args: readonly ShellWord[]): boolean {
  return !args.some(({ text }) => /^(?:-f|--file)/.test(text) || /(?:^|[\d$;{}/])\s*[rRwW] +[^/\s]/.test(text));
}
