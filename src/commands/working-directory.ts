import { programOf } from './program.js';
import { packageAction } from './packages.js';
import type { Command, Redirection, Script, ShellRange, ShellWord } from '../shell/types.js';

/** True when nothing in the script depends on the directory it starts in. */
export function ignoresDirectory(script: Script): boolean {
  if (/\$\{?(?:PWD|OLDPWD)\b|(?:^|\s)~[-+]|\$\(\s*<|\bcd\s+(?:-|&&|;|$)/.test(script.text)) return false;
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

/** Where a `cd /absolute` stands that nothing behind it runs without; the end of the text when there is none. */
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

/** What a command does with words that are no options. */
interface Habit {
  /** Options whose value is a word of its own and no path. */
  readonly valued?: readonly string[];
  /** Operands in front that are no paths: a mode, an owner, a program of sed. */
  readonly leading?: number;
  /** Without a path it reads the directory. */
  readonly needsPath?: boolean;
}

const FILE_COMMANDS: Readonly<Record<string, Habit>> = {
  rm: {},
  rmdir: {},
  mkdir: { valued: ['-m', '--mode'] },
  mv: { valued: ['-S', '--suffix'] },
  cp: { valued: ['-S', '--suffix'] },
  ln: { valued: ['-S', '--suffix'] },
  touch: { valued: ['-d', '--date'] },
  truncate: { valued: ['-s', '--size'] },
  install: { valued: ['-m', '-o', '-g', '--mode', '--owner', '--group'] },
  cat: {},
  tee: {},
  stat: { valued: ['-c', '-f', '--format'] },
  ls: { needsPath: true },
  du: { needsPath: true },
  chmod: { leading: 1 },
  chown: { leading: 1 },
  chgrp: { leading: 1 },
};

const DIRECTORYLESS = new Set(
  'echo printf true false : set useradd adduser groupadd addgroup usermod groupmod chpasswd passwd locale-gen update-ca-certificates ldconfig apt-key add-apt-repository apt-mark dpkg-reconfigure update-alternatives update-locale systemctl sleep'.split(
    ' ',
  ),
);
const NAMED_INSTALLS = new Set(['apt', 'apk', 'dnf', 'yum', 'microdnf', 'tdnf', 'zypper', 'pacman']);

function commandIgnoresDirectory(command: Command): boolean {
  if (!command.redirections.every(isAbsoluteRedirection)) return false;
  const program = programOf(command);
  if (program === undefined) return command.name === undefined;
  const { name, args, word } = program;
  if (/^[^/]+\//.test(word.text)) return false;
  if (DIRECTORYLESS.has(name))
    return (
      args.every(
        (arg) => !isRelativeGlob(arg) && !/^["']?\.{1,2}\/|\.(?:asc|gpg|key|pub|service)["']?$/.test(relative(arg)),
      ) &&
      (name !== 'apt-key' || namesNoRelativeFile(args))
    );
  const habit = FILE_COMMANDS[name];
  if (habit !== undefined) return pathsAreAbsolute(args, habit);
  if (name === 'sed') return sedIgnoresDirectory(args);
  const action = packageAction(command);
  return (
    action !== undefined &&
    NAMED_INSTALLS.has(action.manager) &&
    action.operands.every(
      ({ text }) =>
        !/^["']?\.{1,2}\/|\.(?:deb|rpm|apk|zst|xz)["']?$|^["']?[^/:]+\/[^:]*$/.test(text) || text.startsWith('/'),
    )
  );
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

function pathsAreAbsolute(args: readonly ShellWord[], { valued = [], leading = 0, needsPath }: Habit): boolean {
  const operands: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const text = args[at]?.text ?? '';
    if (valued.includes(text)) at++;
    else if (!text.startsWith('-') || text === '-') operands.push(text);
    else if (/^--(?:reference|target-directory|from-file)/.test(text) || /^-[A-Za-z]*[tr]\w*\//.test(text))
      return false;
  }
  const paths = operands.slice(leading).filter((text) => text !== '-');
  return paths.every(isAbsolute) && (needsPath !== true || paths.length > 0);
}

/** The program comes first unless `-e` gives it; one that reads or writes a file by name is not read here. */
function sedIgnoresDirectory(args: readonly ShellWord[]): boolean {
  if (args.some(({ text }) => /^(?:-f|--file)/.test(text) || /(?:^|[\d$;{}/])\s*[rRwW] +[^/\s]/.test(text)))
    return false;
  const given = args.some(({ text }) => /^(?:-\w*e|--expression)/.test(text));
  return pathsAreAbsolute(args, { valued: ['-e', '--expression'], leading: given ? 0 : 1 });
}
