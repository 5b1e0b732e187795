/** Which file or folder of a source of COPY and ADD comes to lie at a path of the image. */
import { archiveKind } from '../facts/context/archives.js';
import { hasWildcard, matchesSegment } from '../facts/context/glob.js';
import type { BuildContext } from '../facts/context/types.js';
import { baseName, joinPath, parentPath, pathBelow, sourcePath } from '../paths.js';
import type { Copy, CopySource } from './types.js';

export interface FoundSource {
  /** Undefined where it can't be told: of an archive, a variable. */
  readonly path: string | undefined;
  /** It is there: in the build context, or taken on trust in a stage or image. */
  readonly certain: boolean;
}

interface Place {
  readonly path: string;
  readonly isDirectory: boolean;
}

/** @param path in the place or below it; undefined where the source does not bring it */
export function sourceOf(
  context: BuildContext | undefined,
  { instruction }: Copy,
  source: CopySource,
  place: Place,
  path: string,
): FoundSource | undefined {
  const { text, from } = source;
  if (text === undefined) return { path: undefined, certain: false };
  const local = from === 'context';
  if (
    local &&
    instruction.keyword === 'ADD' &&
    !hasWildcard(text) &&
    archiveKind(sourcePath(text), context) === 'archive'
  )
    return path === place.path ? undefined : { path: undefined, certain: false };
  if (hasWildcard(text)) return matchOf(local ? context : undefined, source, text, place, path);
  const kind = kindOf(from, text, context);
  const found = pathUnder(sourcePath(text), kind, place, path);
  return found === undefined ? undefined : held(found, local, context);
}

function held(path: string, local: boolean, context: BuildContext | undefined): FoundSource | undefined {
  if (local && context?.ignored(path) === true) return undefined;
  return { path, certain: !local || context?.exists(path) !== undefined };
}

type Kind = 'file' | 'directory' | undefined;

/** Whether a source is a file or a directory, as far as is known. */
export function kindOf(from: CopySource['from'], text: string, context: BuildContext | undefined): Kind {
  if (/(?:^|\/)\.{0,2}$/.test(text)) return 'directory';
  return from === 'context' ? context?.exists(sourcePath(text)) : undefined;
}

function pathUnder(source: string, kind: Kind, place: Place, path: string): string | undefined {
  const below = pathBelow(place.path, path);
  if (below === undefined) return undefined;
  if (kind === 'directory') return joinPath(source, below);
  const isFile = below === baseName(source) || (below === '' && !place.isDirectory);
  if (isFile) return source;
  // By its name it has no extension: perhaps a directory.
  return kind === undefined && below !== '' && !/\.\w+$/.test(baseName(source)) ? joinPath(source, below) : undefined;
}

/** What the wildcards of a source match, in the context as it is; elsewhere, and for files that are made outside, by the name. */
function matchOf(
  context: BuildContext | undefined,
  { from }: CopySource,
  text: string,
  place: Place,
  path: string,
): FoundSource | undefined {
  for (const match of context?.glob(text)?.toReversed() ?? []) {
    const found = pathUnder(match, context?.exists(match), { ...place, isDirectory: true }, path);
    if (found !== undefined) return held(found, true, context);
  }
  const name = baseName(path);
  if (path !== joinPath(place.path, name) || !matchesSegment(baseName(text), name)) return undefined;
  return { path: joinPath(parentPath(sourcePath(text)), name), certain: from !== 'context' };
}
