/** Which file or folder of a source of COPY and ADD comes to lie at a path of the image. */
import { archiveKind } from '../facts/context/archives.js';
import { hasWildcard, matchesSegment } from '../path-pattern.js';
import type { BuildContext } from '../facts/context/types.js';
import { baseName, joinPath, parentPath, pathBelow, sourcePath } from '../paths.js';
import type { Copy, CopySource } from './types.js';

export interface FoundSource {
  /** Undefined where it can't be told: of an archive, a variable. */
  readonly path: string | undefined;
  /** It is there. */
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
  if (text === undefined) return UNKNOWN;
  const local = from === 'context' ? context : undefined;
  const found = hasWildcard(text)
    ? matchOf(local, from, text, place, path)
    : held(pathUnder(sourcePath(text), kindOf(from, text, context), place, path), from, context);
  if (from !== 'context' || instruction.keyword !== 'ADD' || !unpacks(text, local)) return found;
  return path === place.path ? undefined : { path: hasWildcard(text) ? found?.path : undefined, certain: false };
}

const UNKNOWN: FoundSource = { path: undefined, certain: false };

/** ADD extracts it, or one of what a pattern matches. */
function unpacks(text: string, context: BuildContext | undefined): boolean {
  const paths = hasWildcard(text) ? (context?.glob(text) ?? []) : [sourcePath(text)];
  return paths.some((path) => archiveKind(path, context) === 'archive');
}

/** What is copied out of a stage or an image is taken on trust; in the context it can be looked for. */
function held(
  path: string | undefined,
  from: CopySource['from'],
  context: BuildContext | undefined,
): FoundSource | undefined {
  if (path === undefined) return undefined;
  if (from !== 'context') return { path, certain: true };
  return context?.ignored(path) === true ? undefined : { path, certain: context?.exists(path) !== undefined };
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
  from: CopySource['from'],
  text: string,
  place: Place,
  path: string,
): FoundSource | undefined {
  const matches = context?.glob(text)?.toReversed() ?? [];
  const under = matches.map((match) => pathUnder(match, context?.exists(match), { ...place, isDirectory: true }, path));
  const found = under.flatMap((one) => held(one, 'context', context) ?? []);
  const best = found.find(({ certain }) => certain) ?? found[0];
  if (best !== undefined) return best;
  const name = baseName(path);
  if (path !== joinPath(place.path, name) || !matchesSegment(baseName(text), name)) return undefined;
  return { path: joinPath(parentPath(sourcePath(text)), name), certain: from !== 'context' };
}
