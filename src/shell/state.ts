import { programOf } from './commands.js';
import { packageAction } from './packages.js';
import type { Command, Script, ShellWord } from './types.js';

/** What a script leaves behind in its shell, for commands that would run after it in the same one. */
export interface StateChange {
  readonly kind: 'directory' | 'variable' | 'environment' | 'option' | 'other';
  /** The variable, the options (`ex`), or the command. */
  readonly name: string;
}

const ISOLATED = new Set(['subshell', 'substitution', 'pipeline', 'background']);
const OTHER = new Set(
  'exit return exec trap umask ulimit shopt alias unalias unset . source eval read shift getopts hash enable builtin mapfile readarray wait disown suspend logout'.split(
    ' ',
  ),
);

/** Empty when the script leaves its shell as it was. Subshells, pipelines and substitutions leave nothing behind. */
export function stateChanges(script: Script): readonly StateChange[] {
  const changes = script.commands.flatMap((command) => {
    if (command.within.some((kind) => ISOLATED.has(kind))) return [];
    if (command.within.includes('function')) return [{ kind: 'other' as const, name: 'a function' }];
    return commandChanges(command);
  });
  const loops = [...script.text.matchAll(/\b(?:for|select)\s+(\w+)\b/g)].map((match) => match[1] ?? '');
  return [...changes, ...loops.map((name) => ({ kind: 'variable' as const, name }))];
}

function commandChanges(command: Command): readonly StateChange[] {
  const name = command.name?.value;
  if (command.name === undefined) return command.assignments.map((one) => ({ kind: 'variable', name: one.name }));
  if (name === undefined) return [];
  if (name === 'cd' || name === 'pushd' || name === 'popd') return [{ kind: 'directory', name }];
  if (name === 'export' || name === 'readonly' || name === 'declare' || name === 'typeset')
    return command.args
      .filter(({ text }) => !text.startsWith('-'))
      .map(({ text }) => ({ kind: 'environment', name: text.replace(/=.*$/s, '') }));
  if (name === 'set') return [{ kind: 'option', name: command.args.map(({ text }) => text).join(' ') }];
  if (name === 'exec' && command.args.length === 0 && command.redirections.length === 0) return [];
  return OTHER.has(name) ? [{ kind: 'other', name }] : [];
}

/** `set -e` in any spelling: from then on a failing command ends the shell, outside of `&&` and `||` lists. */
export function setsErrexit({ kind, name }: StateChange): boolean {
  return kind === 'option' && /(?:^|\s)-\w*e|errexit/.test(name);
}

/**
 * Why `right` could behave differently behind the changes, in one shell; undefined when it can't.
 * @param exported true for a variable that is in the environment: a child process sees its new value
 */
export function visibleChange(
  changes: readonly StateChange[],
  right: Script,
  exported: (name: string) => boolean,
): string | undefined {
  for (const { kind, name } of changes) {
    if (kind === 'directory' && !ignoresDirectory(right))
      return 'it changes the directory, and the next one depends on it';
    if (kind === 'variable' && (exported(name) || names(right, name)))
      return `it sets ${name}, and the next one could see it`;
    if (kind === 'environment') return `it exports ${name}, and the next one could see it`;
    if (kind === 'option' && !ignoresOptions(name, right))
      return `it sets shell options (set ${name}), and the next one could see them`;
    if (kind === 'other') return `${name} may outlast it in the shell`;
  }
  return undefined;
}

function names(script: Script, variable: string): boolean {
  return new RegExp(`\\b${variable}\\b`).test(script.text);
}

/** -e and -x don't change what a plain `&&` list without pipelines does: its first failure ends it either way. */
function ignoresOptions(options: string, right: Script): boolean {
  if (!/^(?:-[ex]+\s*)+$/.test(options)) return false;
  const [statement, ...others] = right.statements;
  const plain = others.length === 0 && statement?.operators.every((operator) => operator === '&&') === true;
  return (
    plain &&
    right.commands.every(
      ({ within }) => within.length === 0 || within[0] === 'pipeline' || within.includes('substitution'),
    )
  );
}

const ABSOLUTE_ONLY = new Set(
  'rm rmdir mkdir mv cp ln chmod chown chgrp touch install cat tee sed ls du truncate stat'.split(' '),
);
const DIRECTORYLESS = new Set(
  'echo printf true : useradd adduser groupadd addgroup usermod groupmod chpasswd passwd locale-gen update-ca-certificates ldconfig apt-key add-apt-repository apt-mark dpkg-reconfigure update-alternatives update-locale hash systemctl sleep'.split(
    ' ',
  ),
);
const NAMED_INSTALLS = new Set(['apt', 'apk', 'dnf', 'yum', 'microdnf', 'tdnf', 'zypper', 'pacman']);

/** True when nothing in the script depends on the directory it starts in. */
export function ignoresDirectory(script: Script): boolean {
  const [first] = script.commands;
  if (first?.name?.value === 'cd' && first.unconditional && first.args[0]?.value?.startsWith('/') === true) return true;
  return script.commands.every(commandIgnoresDirectory);
}

function commandIgnoresDirectory(command: Command): boolean {
  if (
    command.redirections.some(
      ({ target, operator }) =>
        target !== undefined && !/^(?:\/|&|\d)/.test(target) && operator !== '>&' && operator !== '<<',
    )
  )
    return false;
  const program = programOf(command);
  if (program === undefined) return command.name === undefined;
  if (DIRECTORYLESS.has(program.name)) return true;
  if (ABSOLUTE_ONLY.has(program.name))
    return program.args.filter(isPath).every(({ text }) => /^["']?(?:\/|~|\$)/.test(text));
  const action = packageAction(command);
  return (
    action !== undefined &&
    NAMED_INSTALLS.has(action.manager) &&
    action.operands.every(({ text }) => !/^\.|\.(?:deb|rpm|apk)$/.test(text))
  );
}

/** An argument that may be a path: neither an option nor a mode, owner or sed script. */
function isPath({ text }: ShellWord): boolean {
  return (
    !text.startsWith('-') && !/^[ugoa]*[+=-][rwxXst]+$|^[0-7]{3,4}$|^[\w$.{}-]+:[\w$.{}-]*$|^["']?s(.).*\1/.test(text)
  );
}
