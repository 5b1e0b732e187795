import { cleanPath } from '../../paths.js';

/**
 * Ignore files as Docker reads them (moby/patternmatcher). The `ignore` package answers by .gitignore's rules, which differ in
 * what matters here: its names match at any depth, `!` does not re-include below an excluded directory, `*` and `**` have other
 * borders, and blanks are kept. So each pattern becomes a test here.
 */
export interface IgnorePattern {
  /** Cleaned, without `!`. */
  readonly pattern: string;
  /** `!pattern`: what it matches is taken back in. */
  readonly include: boolean;
  readonly matches: (path: string) => boolean;
}

/** The patterns of an ignore file, in order. One that Docker refuses is left out. */
export function parseIgnoreFile(text: string): readonly IgnorePattern[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .flatMap((line) => {
      const written = line.trim();
      const include = written.startsWith('!');
      const raw = include ? written.slice(1).trim() : written;
      if (raw === '') return [];
      const clean = cleanPath(raw);
      const pattern = clean.length > 1 ? clean.replace(/^\//, '') : clean;
      const matches = compilePattern(pattern);
      return matches === undefined ? [] : [{ pattern, include, matches }];
    });
}

/** Whether a path of the context is excluded: the last pattern that matches it or a directory above it decides. */
export function ignoreMatcher(text: string): (path: string) => boolean {
  return patternMatcher(parseIgnoreFile(text));
}

export function patternMatcher(patterns: readonly IgnorePattern[]): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const found = known.get(path) ?? isIgnored(patterns, path);
    known.set(path, found);
    return found;
  };
}

function isIgnored(patterns: readonly IgnorePattern[], path: string): boolean {
  if (path === '') return false;
  const parts = path.split('/');
  const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/')).reverse();
  let ignored = false;
  for (const { include, matches } of patterns) if (include === ignored && paths.some(matches)) ignored = !include;
  return ignored;
}

/** One place in a pattern; `kind` says which characters it takes. */
type Part =
  | { readonly kind: 'char'; readonly takes: (char: string) => boolean }
  /** Any number of characters other than `/`. */
  | { readonly kind: 'star' }
  /** Any number of characters. */
  | { readonly kind: 'deep' }
  /** Nothing, or any number of characters and a `/`. */
  | { readonly kind: 'folders' };

/** The builder's own translation, its oddities included; undefined for a malformed pattern. */
function compilePattern(pattern: string): ((path: string) => boolean) | undefined {
  const parts: Part[] = [];
  const take = (takes: (char: string) => boolean): number => parts.push({ kind: 'char', takes });
  let kind: 'exact' | 'prefix' | 'suffix' | 'parts' = 'exact';
  for (let i = 0, count = 0; i < pattern.length; i++, count++) {
    const char = pattern.charAt(i);
    if (char === '*' && pattern[i + 1] === '*') {
      i += pattern[i + 2] === '/' ? 2 : 1;
      const atEnd = i + 1 >= pattern.length;
      parts.push({ kind: atEnd ? 'deep' : 'folders' });
      kind = atEnd && kind === 'exact' ? 'prefix' : 'parts';
      if (count === 0) kind = 'suffix';
    } else if (char === '*' || char === '?') {
      if (char === '?') take((one) => one !== '/');
      else parts.push({ kind: 'star' });
      kind = 'parts';
    } else if (char === '[') {
      const end = classEnd(pattern, i);
      const takes = end === -1 ? undefined : classTest(pattern.slice(i, end));
      if (takes === undefined) return undefined;
      take(takes);
      i = end - 1;
      kind = 'parts';
    } else if (char === '\\') {
      const escaped = pattern[++i];
      if (escaped === undefined) return undefined;
      take((one) => one === escaped);
      kind = 'parts';
    } else take((one) => one === char);
  }
  if (kind === 'exact') return (path) => path === pattern;
  if (kind === 'prefix') return (path) => path.startsWith(pattern.slice(0, -2));
  if (kind === 'suffix') return suffixTest(pattern.slice(2));
  return (path) => matchesParts(parts, path);
}

/** `**`, then `/name` matches `name` at any depth. */
function suffixTest(suffix: string): (path: string) => boolean {
  return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
}

/**
 * Follows all ways through the pattern at once, so that the time is at most pattern times path: the ignore file is somebody
 * else's text, and a match that goes back and tries again would not end for a dozen of `**`.
 */
function matchesParts(parts: readonly Part[], path: string): boolean {
  let places = new Set<number>();
  reach(parts, places, 0);
  for (const char of path) {
    const next = new Set<number>();
    for (const place of places) advance(parts, next, place, char);
    if (next.size === 0) return false;
    places = next;
  }
  return places.has(2 * parts.length);
}

/** A place is twice the index of the part that is next, and one more inside of `folders`, which only a `/` ends. */
function advance(parts: readonly Part[], next: Set<number>, place: number, char: string): void {
  const index = place >> 1;
  const part = parts[index];
  if (part === undefined) return;
  if (part.kind === 'char') {
    if (part.takes(char)) reach(parts, next, index + 1);
  } else if (part.kind === 'folders') {
    next.add(2 * index + 1);
    if (char === '/') reach(parts, next, index + 1);
  } else if (part.kind === 'deep' || char !== '/') reach(parts, next, index);
}

/** Adds the place in front of a part, and those that need no character from there. */
function reach(parts: readonly Part[], places: Set<number>, from: number): void {
  for (let index = from; !places.has(2 * index); index++) {
    places.add(2 * index);
    const kind = parts[index]?.kind;
    if (kind === undefined || kind === 'char') return;
  }
}

/** `[a-z]`, which Go's regular expressions and ours read alike; undefined where it is none. */
function classTest(source: string): ((char: string) => boolean) | undefined {
  try {
    const regexp = new RegExp(`^${source}$`, 's');
    return (char) => regexp.test(char);
  } catch {
    return undefined;
  }
}

/** Offset after the `]` of the class that starts at `start`, or -1. */
function classEnd(pattern: string, start: number): number {
  for (let i = pattern[start + 1] === '^' ? start + 2 : start + 1; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']') return i + 1;
  }
  return -1;
}
