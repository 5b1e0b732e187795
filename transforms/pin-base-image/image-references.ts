import { namesStage, stagesOn } from '../../src/dockerfile/stages.js';
import { mountsOf } from '../../src/dockerfile/mounts.js';
import type { Dockerfile, Flag, Instruction, Range, Stage } from '../../src/dockerfile/types.js';

/** An image that the file names, outside of stages. */
export interface ImageReference {
  readonly text: string;
  /** Where it is written; for an image of an ARG the default: the part of `text` between `before` and `after`. */
  readonly range: Range;
  readonly before?: string;
  readonly after?: string;
  /** What is built on it. */
  readonly stages: readonly Stage[];
}

/**
 * Images of FROM, `COPY --from` and `RUN --mount=…,from=`, without stages, `scratch` and what holds a variable. FROM sees the
 * stages before it, the flags those of the whole file.
 */
export function imageReferences(dockerfile: Dockerfile): readonly ImageReference[] {
  return dockerfile.stages.flatMap((stage) => {
    const { from, parent, instructions } = stage;
    const base =
      parent === undefined && isImage(from.image)
        ? literal(dockerfile, from.image, from.imageRange, [stage, ...stagesOn(dockerfile, stage)])
        : [];
    const flagged = instructions.flatMap((one) => flagReferences(dockerfile, one));
    return [...base, ...flagged.filter(({ text }) => isImage(text) && !namesStage(dockerfile, text))];
  });
}

function literal(dockerfile: Dockerfile, image: string, range: Range, stages: readonly Stage[] = []): ImageReference[] {
  const at = dockerfile.text.slice(range.start, range.end).indexOf(image);
  if (at === -1) return [];
  return [{ text: image, range: { start: range.start + at, end: range.start + at + image.length }, stages }];
}

function flagReferences(dockerfile: Dockerfile, instruction: Instruction): readonly ImageReference[] {
  if (instruction.flags.length === 0) return [];
  const named = instruction.flags.map((flag) => ({ flag, from: flag.name === 'from' ? flag.value : undefined }));
  return [...named, ...mountsOf(instruction)].flatMap(({ flag, from }) =>
    from === undefined ? [] : literal(dockerfile, from, fromRange(dockerfile, flag)),
  );
}

/** The flag from the value of its `from=` on, so that the same text in another place is not taken. */
function fromRange({ text }: Dockerfile, { start, end }: Flag): Range {
  const found = /[-=,]from=/.exec(text.slice(start, end));
  return { start: found === null ? start : start + found.index + found[0].length, end };
}

function isImage(text: string): boolean {
  return text !== 'scratch' && !text.includes('$');
}
