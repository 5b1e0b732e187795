import type { Command, Script, ShellRange, Statement } from './types.js';

/** A member of a top-level and-or list: `b` of `a && b || c`. */
export interface Member extends ShellRange {
  readonly list: Statement;
  /** Position in `list.members`. */
  readonly index: number;
}

/** A plain `&&` list: its first failure ends it, with `set -e` or without. */
export function isPlainList({ statements, text }: Script): boolean {
  const [statement, ...others] = statements;
  return (
    statement !== undefined &&
    others.length === 0 &&
    statement.operators.every((operator) => operator === '&&') &&
    text.slice(statement.end).trim() === ''
  );
}

/** The member that the command is, or that holds it. */
export function memberOf({ statements }: Script, command: Command): Member | undefined {
  const list = statements[command.statement];
  const index = list?.members.findIndex(({ start, end }) => start <= command.start && command.end <= end) ?? -1;
  const range = list?.members[index];
  return list === undefined || range === undefined ? undefined : { start: range.start, end: range.end, list, index };
}

/** True when the member runs if all members before it succeed, and only then. */
export function followsSuccess({ list, index }: Member): boolean {
  return list.operators.slice(0, index).every((operator) => operator === '&&');
}
