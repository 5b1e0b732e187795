import type { Instruction } from '../dockerfile/types.js';
import { expandKnown } from '../dockerfile/expand.js';
import { memoize } from '../memoize.js';
import { configBefore, type FinalImage } from '../../transforms/run-as-non-root/final-image.js';
import { baseName, imagePath, joinPath, parentPath, pathBelow, sourcePath } from '../paths.js';

/** A COPY or ADD with its paths resolved. */
export interface Copied {
  readonly instruction: Instruction;
  /** From the build context, from another stage or image, or from the network. */
  readonly from: 'context' | 'stage' | 'network';
  readonly sources: readonly string[];
  /** Absolute path in the image. */
  readonly destination: string;
  /** The destination is a directory for certain. */
  readonly intoDirectory: boolean;
}

/** Where a path of the image comes from. */
export interface Origin {
  readonly copied: Copied;
  /** Path in the build context, or in the other stage. */
  readonly path: string;
}

/** The COPY and ADD instructions of the image whose paths can be told, in order. */
export const copiedFiles = memoize((image: FinalImage): readonly Copied[] =>
  image.instructions.flatMap((instruction) => readCopy(image, instruction) ?? []),
);

export function readCopy(image: FinalImage, instruction: Instruction): Copied | undefined {
  if ((instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') || instruction.heredocs.length > 0)
    return undefined;
  const config = configBefore(image, instruction);
  const words = instruction.json ?? instruction.words.map(({ text }) => text);
  const expanded = words.map((word) => expandKnown(word, config.variables.get, image.dockerfile.escape));
  const target = expanded.at(-1);
  const sources = expanded.slice(0, -1).filter((source) => source !== undefined);
  if (target === undefined || sources.length !== words.length - 1 || sources.length === 0) return undefined;
  return {
    instruction,
    from: originKind(instruction, sources),
    sources,
    destination: imagePath(config.workdir ?? image.base?.workdir ?? '/', target),
    intoDirectory: /(?:^|\/)\.?$/.test(target) || sources.length > 1,
  };
}

function originKind(instruction: Instruction, sources: readonly string[]): Copied['from'] {
  if (instruction.flags.some(({ name }) => name === 'from')) return 'stage';
  return sources.some((source) => /^(?:https?:|git@|ftp:)/.test(source)) ? 'network' : 'context';
}

/** The last COPY or ADD that brings `path` into the image. */
export function originOf(image: FinalImage, path: string): Origin | undefined {
  let guess: Origin | undefined;
  for (const copied of [...copiedFiles(image)].reverse()) {
    for (const source of copied.sources) {
      const inside = sourceOf(image, copied, source, path);
      if (inside === undefined) continue;
      const origin = { copied, path: inside };
      if (copied.from !== 'context' || image.context?.exists(inside) === 'file') return origin;
      guess ??= origin;
    }
  }
  return guess;
}

/** The path under `source` that becomes `path`, if it can. */
function sourceOf(image: FinalImage, copied: Copied, source: string, path: string): string | undefined {
  const name = baseName(path);
  const clean = sourcePath(source);
  if (source.includes('*')) {
    const pattern = globPattern(baseName(source));
    const fits = pattern.test(name) && path === imagePath(copied.destination, name);
    return fits ? joinPath(parentPath(clean), name) : undefined;
  }
  if (isDirectory(image, copied, source)) return insideOf(copied.destination, clean, path);
  const isFile = baseName(source) === name && path === imagePath(copied.destination, name);
  if (isFile || (!copied.intoDirectory && path === copied.destination)) return clean;
  return mayBeDirectory(image, copied, source) ? insideOf(copied.destination, clean, path) : undefined;
}

function insideOf(destination: string, source: string, path: string): string | undefined {
  const rest = pathBelow(destination, path);
  return rest === undefined || rest === '' ? undefined : joinPath(source, rest);
}

/** The source is a directory for certain. */
export function isDirectory(image: FinalImage, copied: Copied, source: string): boolean {
  if (/(?:^|\/)\.{0,2}$/.test(source)) return true;
  return copied.from === 'context' && image.context?.exists(sourcePath(source)) === 'directory';
}

function mayBeDirectory(image: FinalImage, copied: Copied, source: string): boolean {
  const known = copied.from === 'context' ? image.context?.exists(sourcePath(source)) : undefined;
  return known === 'directory' || (known === undefined && !/\.\w+$/.test(baseName(source)));
}

function globPattern(glob: string): RegExp {
  const escaped = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`);
}
