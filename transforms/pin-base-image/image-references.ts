import { namesStage } from '../../src/dockerfile/stages.js';
import type { Dockerfile, Flag, Instruction, Range } from '../../src/dockerfile/types.js';

/** An image that the file names literally, outside of stages. */
export interface ImageReference {
  readonly text: string;
  readonly range: Range;
}

/**
 * Images of FROM, `COPY --from` and `RUN --mount=…,from=`, without stages, `scratch` and what holds a variable. FROM sees the
 * stages before it, the flags those of the whole file.
 */
export function imageReferences(dockerfile: Dockerfile): readonly ImageReference[] {
  return dockerfile.stages.flatMap(({ from, parent, instructions }) => {
    const base = parent === undefined && isImage(from.image) ? literal(dockerfile, from.image, from.imageRange) : [];
    const flagged = instructions.flatMap((one) => flagReferences(dockerfile, one));
    return [...base, ...flagged.filter(({ text }) => isImage(text) && !namesStage(dockerfile, text))];
  });
}

function literal(dockerfile: Dockerfile, image: string, range: Range): ImageReference[] {
  const at = dockerfile.text.slice(range.start, range.end).indexOf(image);
  return at === -1 ? [] : [{ text: image, range: { start: range.start + at, end: range.start + at + image.length } }];
}

function flagReferences(dockerfile: Dockerfile, instruction: Instruction): readonly ImageReference[] {
  return instruction.flags.flatMap((flag) => {
    const image = fromOf(flag);
    return image === undefined ? [] : literal(dockerfile, image, valueRange(dockerfile, flag, image));
  });
}

function fromOf({ name, value }: Flag): string | undefined {
  if (name === 'from') return value;
  return name === 'mount' ? /(?:^|,)from=([^,]+)/.exec(value ?? '')?.[1] : undefined;
}

/** The part of the flag behind `from=`, so that the same text in another place is not taken. */
function valueRange({ text }: Dockerfile, { start, end }: Flag, image: string): Range {
  const at = text.slice(start, end).search(new RegExp(`from=["']?${image.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  return { start: at === -1 ? start : start + at, end };
}

function isImage(text: string): boolean {
  return text !== 'scratch' && !text.includes('$');
}
