import { rowOf } from './catalogue/index.js';
import type { ShellState } from './catalogue/types.js';
import { ignoresDirectory } from './working-directory.js';
import { lastingEffect } from './outliving.js';
import { ignoresOptions, setOptions } from '../shell/options.js';
import type { Command, Compound, Script, ShellWord } from '../shell/types.js';
import { refuse, type Refusal } from '../refusal.js';

/** What a script leaves in its shell, for commands that would run after it in the same shell. */
export interface StateChange {
  readonly kind: 'directory' | 'variable' | 'environment' | 'option' | 'exit' | 'lasting' | 'other';
  /** The variable, the options (`-ex`), the command, or what lasts. */
  readonly name: string;
}

const ISOLATED = new Set(['subshell', 'substitution', 'pipeline', 'background']);
/** The shell itself looks at these. */
const OWN_VARIABLES =
  /^(?:PATH|HOME|IFS|CDPATH|PS4|ENV|LANG|LC_\w+|PWD|OLDPWD|OPTIND|OPTERR|TMPDIR|TMOUT|POSIXLY_CORRECT|GLOBIGNORE|EXECIGNORE|FIGNORE|FUNCNEST|SHELLOPTS|BASH\w*)$/;

/** Empty when the script leaves its shell as it was. Subshells, pipelines and substitutions leave nothing in it. */
export function stateChanges(script: Script): readonly StateChange[] {
  const own = script.commands.filter(({ within }) => !within.some((kind) => ISOLATED.has(kind)));
  return [
    ...own.flatMap(commandChanges),
    ...script.compounds.flatMap(compoundChanges),
    ...[...script.text.matchAll(/\$\{(\w+):?=/g)].map((match) => variable(match[1] ?? '')),
    ...(arithmetic(script.text).some((text) => ASSIGNS.test(text)) ? [other('an arithmetic assignment')] : []),
    ...script.commands.flatMap((command) => {
      const effect = lastingEffect(command);
      return effect === undefined ? [] : [{ kind: 'lasting' as const, name: effect }];
    }),
  ];
}

const ASSIGNS = /\+\+|--|(?:^|[^=!<>]|<<|>>)=(?!=)/;

/** `$[…]`, `${LIST[…]}` and `${NAME:…}` of bash: what is in them is arithmetic, too. */
const BRACKETS = /\$\[([^\]]*)|\$\{[!#]?\w+\[([^\]]*)|\$\{\w+:(?![-=?+])([^}]*)/g;

/** What is in each `$((…))`, parentheses and all, and in what bash reads alike. */
function arithmetic(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf('$(('); at !== -1; at = text.indexOf('$((', at + 3))
    found.push(text.slice(at + 3, closingParenthesis(text, at + 3)));
  for (const [, ...inner] of text.matchAll(BRACKETS)) found.push(inner.join(''));
  return found;
}

/** Offset of the one that closes what is open before `from`; the end of the text when there is none. */
function closingParenthesis(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && depth-- === 0) return at;
  }
  return text.length;
}

const variable = (name: string): StateChange => ({ kind: 'variable', name });
const other = (name: string): StateChange => ({ kind: 'other', name });

function compoundChanges({ kind, name, within }: Compound): readonly StateChange[] {
  if (within.some((one) => ISOLATED.has(one))) return [];
  if (kind === 'function') return [other('a function')];
  if (kind === 'arithmetic') return [other('an arithmetic assignment')];
  return kind === 'loop' && name !== undefined ? [variable(name)] : [];
}

function commandChanges(command: Command): readonly StateChange[] {
  const assigned = command.assignments.map(({ name }) => variable(name));
  const [word, ...args] = withoutBuiltin(command);
  if (word === undefined) return command.name === undefined ? assigned : [];
  if (word.value === undefined) return /[/]/.test(word.text) ? [] : [other(`what ${word.text} stands for`)];
  const state = rowOf(word.value)?.state;
  if (state === undefined) return [];
  const changes = builtinChanges(word.value, state, args, command);
  return state.special === true ? [...assigned, ...changes] : changes;
}

function builtinChanges(
  name: string,
  { kind }: ShellState,
  args: readonly ShellWord[],
  { redirections }: Command,
): readonly StateChange[] {
  const texts = args.map(({ text }) => text);
  const names = texts.filter((text) => !text.startsWith('-')).map((text) => text.replace(/\+?=.*/s, ''));
  switch (kind) {
    case 'directory':
      return [{ kind, name }];
    case 'environment':
      return names.map((one) => ({ kind, name: one }));
    case 'option':
      return texts.length === 0 ? [] : [{ kind, name: texts.join(' ') }];
    case 'variables':
      return names.length === 0 ? [variable('REPLY')] : names.map(variable);
    case 'variable':
      return variableOption(texts);
    case 'replaces':
      return texts.length + redirections.length === 0 ? [] : [{ kind: 'exit', name }];
    case 'exit':
      return name === 'exit' && failsAlways(texts) ? [] : [{ kind, name }];
    case 'none':
      return [];
    default:
      return [other(name)];
  }
}

/** `printf -v NAME`, `printf -vNAME`; which one is not always known. */
function variableOption([first = '', second = '']: readonly string[]): readonly StateChange[] {
  if (!/^["'$]|^-v/.test(first)) return [];
  const name = first === '-v' ? second : first.replace(/^-v/, '');
  return /^\w+$/.test(name) ? [variable(name)] : /^-v|^["']?-/.test(first) ? [other('printf -v')] : [];
}

/** `exit 1` ends the joined shell as it ended the separate one: nothing runs after a failure. */
function failsAlways([status, ...more]: readonly string[]): boolean {
  return more.length === 0 && /^[1-9]\d{0,2}$/.test(status ?? '') && Number(status) <= 255;
}

/** The words of a command without `command` and `builtin`; none for `command -v`, which only asks. */
function withoutBuiltin({ name, args }: Command): readonly ShellWord[] {
  let words = name === undefined ? [] : [name, ...args];
  while (rowOf(words[0]?.value ?? '')?.wrapper?.builtins === true) {
    const options = words.slice(1).findIndex(({ text }) => !text.startsWith('-'));
    if (options < 0 || words.slice(1, options + 1).some(({ text }) => /^-\w*[vV]/.test(text))) return [];
    words = words.slice(options + 1);
  }
  return words;
}

/** `set -e` in any spelling, anywhere: from then on a failing command ends the shell, outside of `&&` and `||` lists. */
export function setsErrexit(script: Script): boolean {
  return setWords(script).some((words) => {
    const options = setOptions(words);
    return options === undefined ? words.some((word) => /^[-$"]/.test(word)) : options.has('e');
  });
}

/** `set +e`, or a `set` of which that is not known. */
export function turnsErrexitOff(script: Script): boolean {
  return setWords(script).some((words) => words.some((word) => /^\+|^["$]/.test(word)));
}

/** The words after each `set`. */
function setWords(script: Script): readonly (readonly string[])[] {
  return script.commands.flatMap((command) => {
    const [name, ...args] = withoutBuiltin(command);
    return name?.value === 'set' ? [args.map(({ text }) => text)] : [];
  });
}

/**
 * Why `right` could behave differently after the changes, in one shell; undefined when it can't.
 * @param exported true for a variable that is in the environment: a child process sees its new value. Undefined: not known
 */
export function visibleChange(
  changes: readonly StateChange[],
  right: Script,
  exported: (name: string) => boolean | undefined,
): Refusal | undefined {
  for (const { kind, name } of changes) {
    if (kind === 'directory' && !ignoresDirectory(right))
      return visible('the first one changes the directory, and the second one depends on it');
    if (kind === 'variable' && (OWN_VARIABLES.test(name) || exported(name) === true || mayRead(right, name)))
      return visible(`the first one sets ${name}, and the second one could see it`);
    if (kind === 'variable' && exported(name) === undefined)
      return visible(`the first one sets ${name}, and the base image may export that to what the second one starts`);
    if (kind === 'environment') return visible(`the first one exports ${name}, and the second one could see it`);
    if (kind === 'option' && !ignoresOptions(right, name.split(' ')))
      return visible(`the first one sets shell options (set ${name}), and the second one could see them`);
    if (kind === 'exit') return refuse('not-joinable', `${name} would end the shell before the second one`);
    if (kind === 'lasting') return visible(`${name} would last into the second one, which could see it`);
    if (kind === 'other') return visible(`${name} may have an effect on the second one`);
  }
  return undefined;
}

function visible(reason: string): Refusal {
  return refuse('shell-state', reason);
}

/** Names the variable, or runs text that isn't here to be read. */
function mayRead({ text, commands }: Script, name: string): boolean {
  return (
    text.split(/\W+/).includes(name) ||
    text.includes('${!') ||
    commands.some((command) => /^(?:\.|source|eval)$/.test(command.name?.value ?? ''))
  );
}
