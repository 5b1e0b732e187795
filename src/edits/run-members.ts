/** Edits of single commands in the script of a RUN. */
import { insert, replace } from '../dockerfile/edit.js';
import type { Dockerfile, Edit, Instruction } from '../dockerfile/types.js';
import { followsSuccess, memberOf } from '../shell/command-list.js';
import type { RunScript } from '../shell/run.js';
import type { Command, ShellRange } from '../shell/types.js';
import { joint, memberStyle } from './joint.js';

/** Puts a command and `&&` before a member of a list of the RUN, in its style. */
export function insertCommand(
  dockerfile: Dockerfile,
  instruction: Instruction,
  run: RunScript,
  before: ShellRange,
  command: string,
): Edit {
  return insert(run.source(before).start, command + joint(memberStyle(dockerfile, instruction)));
}

/** Adds an option to a command, after the word given. */
export function insertOption(run: RunScript, after: ShellRange, option: string): Edit {
  return insert(run.source(after).end, ` ${option}`);
}

/**
 * Takes a command out of its list with the operator after it, or as the last one with the operator before it. Undefined where the
 * rest would not run as it did, where nothing would be left, and where a comment is between.
 */
export function removeCommand({ text }: Dockerfile, run: RunScript, command: Command): Edit | undefined {
  const member = memberOf(run.script, command);
  if (member === undefined || !followsSuccess(member) || member.list.background) return undefined;
  const { index, list } = member;
  if (list.operators[index] === '||') return undefined;
  const next = list.members[index + 1] ?? (index === 0 ? run.script.statements[command.statement + 1] : undefined);
  const own = run.source(member);
  const neighbour = next ?? list.members[index - 1];
  if (neighbour === undefined) return undefined;
  const { start, end } = run.source(neighbour);
  const gap = next === undefined ? { start: end, end: own.start } : { start: own.end, end: start };
  // Between the two are blanks, an operator and what continues the line.
  if (text.slice(gap.start, gap.end).includes('#')) return undefined;
  return replace(next === undefined ? { ...own, start: gap.start } : { ...own, end: gap.end }, '');
}
