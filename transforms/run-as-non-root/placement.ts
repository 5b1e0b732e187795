import { replace } from '../../src/dockerfile/edit.js';
import { attachedComments, lineStart } from '../../src/dockerfile/layout.js';
import { insertAfter, insertBefore } from '../../src/edits/instructions.js';
import { continuationStyle, keywordLike } from '../../src/dockerfile/style.js';
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import type { FinalImage } from './final-image.js';

const WORKS_AS_ROOT = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR', 'VOLUME', 'USER', 'SHELL']);
const STARTS = new Set(['CMD', 'ENTRYPOINT']);

/** Inserts instructions behind the last one that needs root, right before what they are for: CMD and ENTRYPOINT. */
export function insertBeforeStart(image: FinalImage, instructions: readonly (readonly string[])[]): Edit {
  const { dockerfile, stage } = image;
  const last = stage.instructions.findLastIndex(({ keyword }) => WORKS_AS_ROOT.has(keyword));
  const start = stage.instructions.slice(last + 1).find(({ keyword }) => STARTS.has(keyword));
  const spaced = isSpaced(dockerfile, stage.instructions);
  const lines = instructions.flatMap((one, index) => (index > 0 && spaced ? ['', ...one] : one));
  if (start === undefined) {
    const anchor = stage.instructions.slice(last + 1).some(({ keyword }) => STARTS.has(keyword))
      ? undefined
      : stage.instructions[last];
    return insertAfter(dockerfile, anchor ?? stage.instructions[0] ?? raise(), spaced ? ['', ...lines] : lines);
  }
  const above = stage.instructions[stage.instructions.indexOf(start) - 1];
  // Beside a RUN of the same kind, so that merging the two later keeps the blank line.
  if (
    above?.keyword === 'RUN' &&
    /^(?:chmod|chown|mkdir|ln|rm|mv|cp)\b/.test(above.body.text) &&
    !spaced &&
    blankAbove(dockerfile, start)
  )
    return insertAfter(dockerfile, above, lines);
  const apart = blankAbove(dockerfile, start) && (spaced || attachedComments(dockerfile, start).length > 0);
  return insertBefore(dockerfile, start, apart ? [...lines, ''] : lines);
}

function raise(): never {
  throw new RangeError('a stage has a FROM');
}

/** The author sets a blank line between most instructions. */
function isSpaced(dockerfile: Dockerfile, instructions: readonly Instruction[]): boolean {
  const later = instructions.slice(1);
  const blank = later.filter((instruction) => blankAbove(dockerfile, instruction)).length;
  return later.length > 1 && blank * 4 > later.length * 3;
}

function blankAbove(dockerfile: Dockerfile, instruction: Instruction): boolean {
  const top = attachedComments(dockerfile, instruction)[0]?.start ?? instruction.start;
  const start = lineStart(dockerfile.text, top);
  return /\n[ \t]*\r?\n$/.test(dockerfile.text.slice(0, start));
}

/** Adds a command to a RUN whose commands are joined by `&&`, in its style. */
export function addToRun(dockerfile: Dockerfile, run: Instruction, command: string): Edit {
  const { escape, newline, text } = dockerfile;
  // The last character is replaced by itself: an insertion behind the instruction would count as one beside it.
  const last = { start: run.end - 1, end: run.end };
  const append = (addition: string): Edit => replace(last, text.slice(last.start, last.end) + addition);
  if (run.startLine === run.endLine) return append(` && ${command}`);
  const { operator, indent } = continuationStyle(dockerfile, run);
  return append(
    operator === 'start' ? ` ${escape}${newline}${indent}&& ${command}` : ` && ${escape}${newline}${indent}${command}`,
  );
}

/** `RUN a && b`, on several lines in the file's style where it would grow long. */
export function runInstruction(dockerfile: Dockerfile, commands: readonly string[]): readonly string[] {
  const keyword = keywordLike(dockerfile, 'RUN');
  const single = `${keyword} ${commands.join(' && ')}`;
  if (single.length <= 100) return [single];
  const style = continuationStyle(dockerfile);
  // An indentation that stands under a long command would look lost here.
  const indent = style.indent === '' || style.indent.length > 8 ? '    ' : style.indent;
  const { operator } = style;
  const { escape } = dockerfile;
  return commands.map((command, index) => {
    const isLast = index === commands.length - 1;
    const head = index === 0 ? `${keyword} ` : operator === 'start' ? `${indent}&& ` : indent;
    const tail = isLast ? '' : operator === 'start' ? ` ${escape}` : ` && ${escape}`;
    return head + command + tail;
  });
}
