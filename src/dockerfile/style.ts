import { memoize } from '../memoize.js';
import { indentation } from './layout.js';
import type { Dockerfile, Instruction } from './types.js';

/** How the file writes a RUN over several lines. */
export interface ContinuationStyle {
  /** `end`: `a && \`, then `b`; `start`: `a \`, then `&& b`. */
  readonly operator: 'end' | 'start';
  /** Blanks in front of a continued line. */
  readonly indent: string;
  /** Nothing is between an operator and what continues its line: `a &&\`. */
  readonly tight?: true;
}

/**
 * The style of one instruction, where it has several lines; otherwise the file's usual one; otherwise `&& \` at the line's
 * end and four blanks.
 */
export function continuationStyle(dockerfile: Dockerfile, instruction?: Instruction): ContinuationStyle {
  const own = instruction === undefined ? [] : continuedLines(dockerfile, instruction);
  const speaking = own.some(placesOperator) ? habitOf(own) : fileHabit(dockerfile);
  const base = instruction === undefined ? '' : indentation(dockerfile, instruction);
  const { starts, ends } = speaking;
  return {
    operator: starts > ends || (starts === ends && own.length > 0) ? 'start' : 'end',
    // The first column is a style of a place that has it, and none to begin.
    indent:
      habitOf(own).indent ??
      (speaking.indent || undefined) ??
      smallest(own.map((line) => line.indent)) ??
      `${base}    `,
    ...(speaking.tight * 2 > speaking.ends ? { tight: true } : {}),
  };
}

/** How lines are written most often. */
interface Habit {
  /** Number of lines that begin with an operator, and of those that end with one. */
  readonly starts: number;
  readonly ends: number;
  /** Of the latter, those without a blank behind the operator. */
  readonly tight: number;
  readonly indent: string | undefined;
}

function habitOf(lines: readonly ContinuedLine[]): Habit {
  return {
    starts: lines.filter((line) => line.atStart).length,
    ends: lines.filter((line) => line.atEnd).length,
    tight: lines.filter((line) => line.atEnd && line.tight).length,
    indent: mostCommon(lines.filter((line) => line.atStart || line.afterOperator).map((line) => line.indent)),
  };
}

/** Of the whole file: every RUN that is written anew asks for it. */
const fileHabit = memoize((dockerfile: Dockerfile): Habit => {
  const runs = dockerfile.instructions.filter((instruction) => instruction.keyword === 'RUN');
  return habitOf(runs.flatMap((run) => continuedLines(dockerfile, run)));
});

/** The instruction has lines that begin or end with an operator. */
export function placesOperators(dockerfile: Dockerfile, instruction: Instruction): boolean {
  return continuedLines(dockerfile, instruction).some(placesOperator);
}

function placesOperator({ atStart, atEnd }: ContinuedLine): boolean {
  return atStart || atEnd;
}

/** The least indentation, where it is one, and no alignment under something further right. */
function smallest(indents: readonly string[]): string | undefined {
  const [least] = [...indents].sort((a, b) => a.length - b.length);
  return least !== undefined && least !== '' && least.length <= 8 ? least : undefined;
}

interface ContinuedLine {
  readonly indent: string;
  readonly atStart: boolean;
  /** The line before it ends in `&&` and the escape character. */
  readonly afterOperator: boolean;
  readonly atEnd: boolean;
  readonly tight: boolean;
}

function continuedLines(dockerfile: Dockerfile, instruction: Instruction): ContinuedLine[] {
  if (instruction.heredocs.length > 0) return [];
  const source = dockerfile.text.slice(instruction.start, instruction.end).split(/\r?\n/);
  const lines = source.filter((line, index) => index === 0 || !/^\s*(?:#.*)?$/.test(line));
  return lines.slice(1).map((line, index) => ({
    indent: /^\s*/.exec(line)?.[0] ?? '',
    // `;fi` and `; done` end a compound command.
    atStart: /^\s*(?:&&|;(?!\s*(?:fi|done|esac|then|do|else|elif)\b))/.test(line),
    afterOperator: /(?:&&|;)\s*.$/.test((lines[index] ?? '').trimEnd()),
    tight: /&&[\\`]\s*$/.test(line) || (index === 0 && /&&[\\`]\s*$/.test(lines[0] ?? '')),
    atEnd: /(?:&&|;)\s*[\\`]\s*$/.test(line) || (index === 0 && /(?:&&|;)\s*[\\`]\s*$/.test(lines[0] ?? '')),
  }));
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** A keyword in the casing that the file uses most: `USER` or `user`. */
export function keywordLike(dockerfile: Dockerfile, keyword: string): string {
  const words = dockerfile.instructions.map(({ keywordRange: { start, end } }) => dockerfile.text.slice(start, end));
  const lower = words.filter((word) => word === word.toLowerCase()).length;
  return lower * 2 > words.length ? keyword.toLowerCase() : keyword.toUpperCase();
}
