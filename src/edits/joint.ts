import { continuationStyle, placesOperators, type ContinuationStyle } from '../dockerfile/style.js';
import type { Dockerfile, Instruction } from '../dockerfile/types.js';

/** How a chain of commands is written in one place. */
export interface ChainStyle {
  /**
   * `line`: all on one line; `end` and `start`: a line for each command, with the operator at the end or the start of the line;
   * `heredoc`: the lines of a heredoc.
   */
  readonly layout: 'line' | 'heredoc' | ContinuationStyle['operator'];
  /** Blanks at the start of a continued line. */
  readonly indent: string;
  readonly escape: string;
  readonly newline: string;
  /** `&&\`, as the file has it; otherwise a blank is between the two. */
  readonly tight?: true;
}

export interface Joint {
  /** `;` where `set -e` ends the script at a failure, so that what is before it may stay as it is. */
  readonly operator?: '&&' | ';';
  /** Comments that stay between the two commands, each from `#` on. */
  readonly comments?: readonly string[];
}

/** The text between two commands of a chain. Comments need a style with a line for each command. */
export function joint(style: ChainStyle, { operator = '&&', comments = [] }: Joint = {}): string {
  const { layout, indent, escape, newline, tight = false } = style;
  const before = operator === '&&' ? ' && ' : '; ';
  if (layout === 'line') return before;
  if (layout === 'heredoc') return operator === '&&' ? ` &&${newline}${indent}` : newline;
  const lines = comments.map((comment) => indent + comment + newline).join('');
  return layout === 'start' && operator === '&&'
    ? ` ${escape}${newline}${lines}${indent}&& `
    : `${tight ? before.trimEnd() : before}${escape}${newline}${lines}${indent}`;
}

/** How the RUN writes its own commands: those of several lines get a line each. */
export function chainStyle(dockerfile: Dockerfile, run: Instruction): ChainStyle {
  if (run.heredocs.length > 0) return { ...linedStyle(dockerfile, run), layout: 'heredoc', indent: '    ' };
  return run.startLine === run.endLine ? inlineStyle(dockerfile) : linedStyle(dockerfile, run);
}

/** As `chainStyle`, but on one line also where only the arguments of its commands take several lines. */
export function memberStyle(dockerfile: Dockerfile, run: Instruction): ChainStyle {
  return run.heredocs.length > 0 || placesOperators(dockerfile, run)
    ? chainStyle(dockerfile, run)
    : inlineStyle(dockerfile);
}

/** A line for each command, in the style of the RUN where it shows one, otherwise in that of the file. */
export function linedStyle(dockerfile: Dockerfile, run?: Instruction): ChainStyle {
  const { operator, indent, tight } = continuationStyle(dockerfile, run);
  const style: ChainStyle = { layout: operator, indent, escape: dockerfile.escape, newline: dockerfile.newline };
  return tight === true ? { ...style, tight } : style;
}

/** All on one line. */
export function inlineStyle({ escape, newline }: Dockerfile): ChainStyle {
  return { layout: 'line', indent: '', escape, newline };
}
