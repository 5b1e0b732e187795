import { hasWildcard, segmentMatcher } from '../../path-pattern.js';
import { joinPath } from '../../paths.js';

/** What a walk needs to know of a tree of files. */
export interface Listing {
  exists(path: string): 'file' | 'directory' | undefined;
  list(directory: string): readonly string[] | undefined;
}

/**
 * Paths that match the pattern, sorted; a segment `**` stands for any number of directories. Walks only as far as the pattern
 * needs; undefined when that is more than `limit` entries.
 * @param skip directories not to be entered
 */
export function globTree(
  tree: Listing,
  pattern: string,
  skip: (directory: string) => boolean,
  limit: number,
): readonly string[] | undefined {
  const segments = pattern.split('/');
  const found = new Set<string>();
  const seen = new Set<string>();
  let visited = 0;
  const names = (directory: string): readonly string[] | undefined => {
    const listed = tree.list(directory);
    visited += listed?.length ?? (tree.exists(directory) === 'directory' ? Infinity : 0);
    return visited > limit ? undefined : (listed ?? []);
  };
  const walk = (directory: string, index: number): boolean => {
    const segment = segments[index];
    const key = `${index} ${directory}`;
    if (segment === undefined || seen.has(key)) return true;
    seen.add(key);
    const deep = segment === '**';
    if (deep && index < segments.length - 1 && !walk(directory, index + 1)) return false;
    if (!hasWildcard(segment)) return enter(joinPath(directory, segment), false, index);
    const matches = deep ? () => true : segmentMatcher(segment);
    if (matches === undefined) return true;
    const candidates = names(directory);
    if (candidates === undefined) return false;
    return candidates.filter(matches).every((name) => enter(joinPath(directory, name), deep, index));
  };
  const enter = (path: string, deep: boolean, index: number): boolean => {
    const kind = tree.exists(path);
    if (kind === undefined) return true;
    if (index === segments.length - 1) found.add(path);
    if (kind !== 'directory' || skip(path)) return true;
    return deep ? walk(path, index) : walk(path, index + 1);
  };
  return walk('', 0) ? [...found].sort() : undefined;
}
