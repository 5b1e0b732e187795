/** A COPY or ADD that brings a whole folder of the build context: `COPY . .`, `ADD ./ /app`, `COPY --chown=app src/ .`. */
import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import type { BuildContext } from '../facts/context/types.js';
import { hasWildcard } from '../path-pattern.js';
import { sourcePath } from '../paths.js';
import type { Copy, CopySource } from './types.js';

export interface TreeCopy {
  readonly instruction: Instruction;
  /** Folder of the context; `''` is the root. */
  readonly source: string;
  /** Where its contents lie in the image. */
  readonly target: string;
  /** The destination does not count from the working directory. */
  readonly absolute: boolean;
  /** The destination as written. */
  readonly destination: string;
  /** The flags as written, with a blank after each. */
  readonly flags: string;
}

/** Undefined for a copy of anything else, and where the words can't be written again for a part of the folder. */
export function readTreeCopy(
  { text }: Dockerfile,
  copy: Copy,
  context: BuildContext | undefined,
): TreeCopy | undefined {
  const { instruction, destination, target, plain } = copy;
  const [source, ...more] = copy.sources;
  if (source === undefined || more.length > 0 || !plain) return undefined;
  const folder = readFolder(source, context);
  if (folder === undefined || target === undefined || /["'\\`]|\s/.test(destination)) return undefined;
  return {
    instruction,
    source: folder,
    target: target.path,
    absolute: target.absolute,
    destination,
    flags: instruction.flags.map(({ start, end }) => `${text.slice(start, end)} `).join(''),
  };
}

function readFolder(source: CopySource, context: BuildContext | undefined): string | undefined {
  const { from, text } = source;
  if (from !== 'context' || text === undefined || !isLiteral(source)) return undefined;
  const path = sourcePath(text);
  return path === '' || context?.exists(path) === 'directory' ? path : undefined;
}

/** No variable, pattern or quote is part of it: no build argument can change what it names. */
export function isLiteral({ written, text }: CopySource): boolean {
  return written === text && !hasWildcard(written);
}
