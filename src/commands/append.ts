import { rowOf } from './catalogue/index.js';
import { setOptions } from '../shell/options.js';
import { setsErrexit, turnsErrexitOff } from './shell-state.js';
import type { Script, ShellRange } from '../shell/types.js';
import { refuse, type Refusal } from '../refusal.js';

/** Where a last command goes, and how it is joined to what is before it. */
export interface AppendPlace {
  readonly offset: number;
  readonly operator: '&&' | ';';
}

/**
 * Where a command can be added that runs last and only if all before it succeeded, so that the script's exit status stays the
 * same; a refusal where there is no such place.
 * @param errexit true when the shell starts with -e
 */
export function appendPlace(script: Script, errexit = false): AppendPlace | Refusal {
  const last = script.statements.at(-1);
  if (script.error !== undefined || last === undefined) return noPlace("the shell script can't be read");
  if (last.background) return noPlace('its last command runs in the background');
  if (!/^\s*(?:;\s*)?$/.test(script.text.slice(last.end))) return noPlace('a comment ends it');
  if (/\\\s*$/.test(script.text)) return noPlace('a backslash ends it');
  const member = last.members.at(-1) ?? last;
  const [first = ''] = textOf(script, member).split(/[\s;]/);
  if (/^(?:exit|replaces)$/.test(rowOf(first)?.state?.kind ?? '')) return noPlace(`it ends with ${first}`);
  const ends = endsAtFailure(script, errexit) && last.members.length === 1 && !first.startsWith('!');
  if (ends && (script.statements.length > 1 || needsErrexit(script, member)))
    return { offset: last.end, operator: ';' };
  return (errexit || setsErrexit(script)) && !first.startsWith('!') && needsErrexit(script, member)
    ? noPlace('set -e would no longer end its last command at the first failure')
    : { offset: last.end, operator: '&&' };
}

function noPlace(reason: string): Refusal {
  return refuse('no-place', reason);
}

/** `set -e; a; b`: the shell ends at the first statement that fails, to the end of the script. */
function endsAtFailure(script: Script, errexit: boolean): boolean {
  const [command] = script.commands;
  const opens =
    command?.topLevel === true && command.name?.value === 'set' && script.statements[0]?.background === false;
  return (
    !turnsErrexitOff(script) &&
    (errexit || (opens && setOptions(command.args.map(({ text }) => text))?.has('e') === true))
  );
}

/** On the left of `&&` the shell ignores `set -e`, in compound commands, functions and substitutions too. */
function needsErrexit({ compounds, commands }: Script, { start, end }: ShellRange): boolean {
  const lies = (range: ShellRange): boolean => range.start >= start && range.end <= end;
  return (
    compounds.some((compound) => compound.kind === 'function' || lies(compound)) ||
    commands.some((command) => lies(command) && command.within.includes('substitution'))
  );
}

function textOf(script: Script, { start, end }: ShellRange): string {
  return script.text.slice(start, end);
}
