import type { ShellRange, Script } from './types.js';
import { setsErrexit } from './state.js';

/** Where a last command goes, and how it is joined to what stands before it. */
export interface AppendPlace {
  readonly offset: number;
  readonly operator: '&&' | ';';
}

const COMPOUND = /^(?:[({]|if\b|for\b|while\b|until\b|case\b)/;

/**
 * Where a command can be added that runs last and only if all before it succeeded, so that the script's exit status stays the
 * same; a string says why there is no such place.
 */
export function appendPlace(script: Script): AppendPlace | string {
  const last = script.statements.at(-1);
  if (script.error !== undefined || last === undefined) return "the shell script can't be read";
  if (last.background) return 'its last command runs in the background';
  if (!/^\s*;?\s*$/.test(script.text.slice(last.end))) return 'a comment ends it';
  const member = last.members.at(-1) ?? last;
  if (/^(?:exec|exit|return)\b/.test(textOf(script, member)))
    return `it ends with ${textOf(script, member).split(/\s/)[0] ?? ''}`;
  const errexit = setsErrexit(script);
  if (errexit && endsAtFailure(script)) return { offset: last.end, operator: ';' };
  if (!COMPOUND.test(textOf(script, member)) || !errexit) return { offset: last.end, operator: '&&' };
  return last.members.length === 1
    ? { offset: last.end, operator: ';' }
    : 'set -e would no longer end its last command at the first failure';
}

/** `set -e; a; b`: each statement on its own, the shell ends at the first that fails. */
function endsAtFailure({ text, statements }: Script): boolean {
  const [first, ...rest] = statements;
  const last = rest.at(-1);
  if (first === undefined || last === undefined || !/^set\s/.test(text.slice(first.start))) return false;
  return last.members.length === 1 && first.members.length === 1 && !text.startsWith('!', last.start);
}

function textOf(script: Script, { start, end }: ShellRange): string {
  return script.text.slice(start, end);
}
