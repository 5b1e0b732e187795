/** Edits of single commands in the script of a RUN. */
import { insert, replace } from '../dockerfile/edit.js';
import type { Dockerfile, Edit, Instruction } from '../dockerfile/types.js';
import { followsSuccess, memberOf } from '../shell/command-list.js';
import type { RunScript } from '../shell/run.js';
import type { Command, ShellRange } from '../shell/types.js';
import { chainStyle, joint, memberStyle } from './joint.js';

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

/**
 * Puts a command on a line of its own after a member of an `&&` list, in the RUN's style, so that all other lines stay as they are.
 * Undefined where the member does not end its line.
 */
export function insertLineAfter(
  dockerfile: Dockerfile,
  instruction: Instruction,
  run: RunScript,
  after: ShellRange,
  command: string,
): Edit | undefined {
  const { layout, indent, escape, newline, tight } = chainStyle(dockerfile, instruction);
  if (layout !== 'end' && layout !== 'start') return undefined;
  const { end } = run.source(after);
  const stop = dockerfile.text.indexOf('\n', end) + 1;
  const ending = /^[ \t]*(?:(&&)[ \t]*)?[\\`]\s*$/.exec(dockerfile.text.slice(end, stop));
  if (ending === null || (ending[1] === '&&') !== (layout === 'end')) return undefined;
  const line = layout === 'start' ? `&& ${command} ` : `${command} &&${tight === true ? '' : ' '}`;
  return insert(stop, `${indent}${line}${escape}${newline}`);
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
  // `time` or `!` in front of it would be left alone, or go along.
  if (member.start !== command.start) return undefined;
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
