import { replace } from '../dockerfile/edit.js';
import { indentation, rangesBetween } from '../dockerfile/layout.js';
import type { Dockerfile, Edit, Instruction, Range } from '../dockerfile/types.js';
import { refuse, type Refusal } from '../refusal.js';
import type { RunScript } from '../shell/run.js';
import type { ShellRange } from '../shell/types.js';
import { chainStyle, inlineStyle, joint } from './joint.js';

/** The source between two commands of a RUN, where it is divided into two. */
export interface Split extends Range {
  /** Commands that the second RUN repeats at its start: `cd web`. */
  readonly repeated: readonly string[];
  /** What ends the list and belongs to the first RUN: it goes there. Undefined: nothing does. */
  readonly ending?: Ending | undefined;
}

/** The last commands of a list, with the operator in front of them. */
export interface Ending extends Range {
  readonly commands: readonly string[];
}

/** The source between two neighbours of one `&&` list, or why they can't be parted. What the shell keeps from one to the other is not asked. */
export function splitPlace(
  instruction: Instruction,
  run: RunScript,
  before: ShellRange | undefined,
  after: ShellRange,
): Range | Refusal {
  const [list, ...more] = run.script.statements;
  if (before === undefined || list === undefined) return unsplit('nothing is before it');
  if (run.form === 'heredoc') return unsplit('it is a heredoc');
  if (more.length > 0 || list.background || list.operators.some((operator) => operator !== '&&'))
    return unsplit('its commands are not one list joined by &&');
  const place = { start: run.source(before).end, end: run.source(after).start };
  return rangesBetween(instruction.comments, place.start, place.end).length > 0
    ? unsplit('a comment is between its commands')
    : place;
}

export function unsplit(reason: string): Refusal {
  return refuse('run-shape', reason);
}

/** Ends a RUN at the split, and goes on after the lines between with a RUN of the same flags. */
export function splitRun(
  dockerfile: Dockerfile,
  instruction: Instruction,
  { start, end, repeated, ending }: Split,
  between: string,
): readonly Edit[] {
  const { text, newline } = dockerfile;
  const opening = indentation(dockerfile, instruction) + text.slice(instruction.start, instruction.body.sourceStart(0));
  const commands = repeated.map((command) => command + joint(inlineStyle(dockerfile)));
  const ended = ending?.commands.map((command) => joint(chainStyle(dockerfile, instruction)) + command) ?? [];
  const parted = replace({ start, end }, [...ended, newline, between, opening, ...commands].join(''));
  return ending === undefined ? [parted] : [parted, replace(ending, '')];
}
