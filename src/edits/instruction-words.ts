/** Edits of the keyword and the flags of an instruction. */
import { insert, replace } from '../dockerfile/edit.js';
import { rangesBetween } from '../dockerfile/layout.js';
import type { Dockerfile, Edit, Instruction } from '../dockerfile/types.js';

/**
 * Another keyword in the casing of the one that it replaces; undefined where that one goes on in the next line. What stands in a
 * column after several blanks keeps it.
 */
export function replaceKeyword(dockerfile: Dockerfile, instruction: Instruction, keyword: string): Edit | undefined {
  const { start, end } = instruction.keywordRange;
  const written = dockerfile.text.slice(start, end);
  if (written.length !== instruction.keyword.length) return undefined;
  const [blanks = ''] = /^ */.exec(dockerfile.text.slice(end, end + MOST_BLANKS)) ?? [];
  const column = written.length + blanks.length;
  const kept = blanks.length < 2 ? blanks : ' '.repeat(Math.max(1, column - keyword.length));
  return replace({ start, end: end + blanks.length }, inCasingOf(written, keyword) + kept);
}

const MOST_BLANKS = 40;

function inCasingOf(written: string, keyword: string): string {
  if (written === written.toUpperCase()) return keyword.toUpperCase();
  const [first = ''] = written;
  return first === first.toUpperCase()
    ? keyword.slice(0, 1).toUpperCase() + keyword.slice(1).toLowerCase()
    : keyword.toLowerCase();
}

/** Gives a flag its value: `--chown=1000`. A flag that is not there yet comes after the others. */
export function setFlag({ flags, keywordRange }: Instruction, name: string, value: string): Edit {
  const written = `--${name}=${value}`;
  const known = flags.find((flag) => flag.name === name);
  return known === undefined ? insert(flags.at(-1)?.end ?? keywordRange.end, ` ${written}`) : replace(known, written);
}

/** Takes a flag away; undefined where there is none of that name, and where a comment is before it. */
export function removeFlag({ flags, keywordRange, comments }: Instruction, name: string): Edit | undefined {
  const index = flags.findIndex((flag) => flag.name === name);
  const flag = flags[index];
  if (flag === undefined) return undefined;
  const { end: start } = flags[index - 1] ?? keywordRange;
  return rangesBetween(comments, start, flag.start).length > 0 ? undefined : replace({ start, end: flag.end }, '');
}
