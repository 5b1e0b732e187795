import { joinPath } from '../../paths.js';

/** What a walk needs to know of a tree of files. */
export interface Listing {
  exists(path: string): 'file' | 'directory' | undefined;
  list(directory: string): readonly string[] | undefined;
}

type Token = '*' | ((char: string) => boolean);

/** The segment has wildcards, or escapes that need matching. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[\\]/.test(pattern);
}

/** One segment of a path matches one of a pattern. */
export function matchesSegment(pattern: string, name: string): boolean {
  return segmentMatcher(pattern)?.(name) === true;
}

/** Go's filepath.Match for one segment of a path; undefined for a malformed pattern. */
function segmentMatcher(pattern: string): ((name: string) => boolean) | undefined {
  const tokens = readTokens(Array.from(pattern));
  return tokens && ((name) => matchTokens(tokens, Array.from(name)));
}

function readTokens(chars: readonly string[]): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i];
    if (char === '*') {
      if (tokens.at(-1) !== '*') tokens.push('*');
    } else if (char === '?') tokens.push(() => true);
    else if (char === '[') {
      const found = readClass(chars, i + 1);
      if (found === undefined) return undefined;
      tokens.push(found.test);
      i = found.end;
    } else {
      const literal = char === '\\' ? chars[++i] : char;
      if (literal === undefined) return undefined;
      tokens.push((one) => one === literal);
    }
  }
  return tokens;
}

/** `[^a-z\]]`; `end` is the offset of its `]`. */
function readClass(
  chars: readonly string[],
  start: number,
): { test: (char: string) => boolean; end: number } | undefined {
  const negated = chars[start] === '^';
  const ranges: [string, string][] = [];
  let i = negated ? start + 1 : start;
  const next = (): string | undefined => {
    const char = chars[i++];
    if (char === '\\') return chars[i++];
    return char === '-' || char === ']' ? undefined : char;
  };
  while (chars[i] !== ']' || ranges.length === 0) {
    const low = next();
    if (low === undefined) return undefined;
    if (chars[i] !== '-') ranges.push([low, low]);
    else {
      i++;
      const high = next();
      if (high === undefined) return undefined;
      ranges.push([low, high]);
    }
  }
  return { end: i, test: (char) => ranges.some(([low, high]) => low <= char && char <= high) !== negated };
}

/** Goes back to the last `*` only: linear in pattern times name. */
function matchTokens(tokens: readonly Token[], chars: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let mark = 0;
  while (at < chars.length) {
    const test = tokens[token];
    if (test === '*') {
      star = token++;
      mark = at;
    } else if (test?.(chars[at] ?? '') === true) {
      token++;
      at++;
    } else if (star !== -1) {
      token = star + 1;
      at = ++mark;
    } else return false;
  }
  while (tokens[token] === '*') token++;
  return token === tokens.length;
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
