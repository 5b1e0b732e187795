import { DockerfileParser } from 'dockerfile-ast';
import { memoize } from '../memoize.js';
import { lineStart, nextLine } from './layout.js';
import type { Dockerfile, Range } from './types.js';

/**
 * True when dockerfile-ast, an independent reader that editors use, cuts the text into the same instructions as ours.
 * The engine asks it of what it wrote: an edit that only one of two readers understands is not worth the risk.
 */
export const readersAgree = memoize((dockerfile: Dockerfile): boolean =>
  cutsAlike(dockerfile.text, linesOf(dockerfile)),
);

/** The same of what is in `now` and not in `before`: a reader cuts what two texts share in the same way in both. */
export function readersAgreeOnChange(before: Dockerfile, now: Dockerfile): boolean {
  if (headOf(before) !== headOf(now)) return readersAgree(now);
  const known = new Set(blocksOf(before).map(({ text }) => text));
  // After a blank line a comment is no directive.
  let text = now.escape === '`' ? '# escape=`\n\n' : '\n';
  let line = now.escape === '`' ? 3 : 2;
  const expected: Lines[] = [];
  for (const [index, block] of blocksOf(now).entries()) {
    if (known.has(block.text)) continue;
    const { startLine = 1, endLine = 1 } = now.instructions[index] ?? {};
    const first = index === 0 ? startLine : (now.instructions[index - 1]?.endLine ?? 0) + 1;
    const end = line + endLine - first;
    expected.push({ start: line + startLine - first, end }, { start: end + 1, end: end + 1 });
    text += withoutKeyword(block) + SENTINEL;
    line = end + 2;
  }
  return expected.length === 0 || cutsAlike(text, expected);
}

/** To a reader for whom the line before goes on, it is no instruction of its own. */
const SENTINEL = 'USER x\n';

/** First and last line of an instruction, 1-based. */
interface Lines {
  readonly start: number;
  readonly end: number;
}

function linesOf({ instructions }: Dockerfile): readonly Lines[] {
  return instructions.map(({ startLine, endLine }) => ({ start: startLine, end: endLine }));
}

function cutsAlike(text: string, expected: readonly Lines[]): boolean {
  const found = DockerfileParser.parse(text).getInstructions();
  if (found.length !== expected.length) return false;
  return expected.every(({ start, end }, index) => {
    const range = found[index]?.getRange();
    return range?.start.line === start - 1 && range.end.line === end - 1;
  });
}

/** What is above the first instruction. */
function headOf({ text, instructions }: Dockerfile): string {
  return text.slice(0, lineStart(text, instructions[0]?.start ?? 0));
}

/** The whole lines of an instruction, with the comment and blank lines between it and the one before. */
interface Block {
  readonly text: string;
  /** In the text. */
  readonly keyword: Range;
}

function blocksOf(dockerfile: Dockerfile): readonly Block[] {
  const { text, instructions } = dockerfile;
  let from = headOf(dockerfile).length;
  return instructions.map(({ start, end, keywordRange }) => {
    const block = text.slice(from, nextLine(text, Math.max(start, end)));
    const keyword = { start: keywordRange.start - from, end: keywordRange.end - from };
    from += block.length;
    return { text: block.endsWith('\n') ? block : `${block}\n`, keyword };
  });
}

/**
 * Where an instruction ends does not depend on what it is, but for the heredocs of some: under a name of its own dockerfile-ast
 * does not read the words of a long RUN, which is most of its work.
 */
function withoutKeyword({ text, keyword: { start, end } }: Block): string {
  return text.includes('<<') ? text : text.slice(0, start) + 'X'.repeat(end - start) + text.slice(end);
}
