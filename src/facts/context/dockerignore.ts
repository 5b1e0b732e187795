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

/** What is special to a regular expression, but a plain character to the builder. */
const SPECIAL = new Set('.+()|{}$^');

/** The builder's own translation, its oddities included; undefined for a malformed pattern. */
function compilePattern(pattern: string): ((path: string) => boolean) | undefined {
  let source = '';
  let kind: 'exact' | 'prefix' | 'suffix' | 'regexp' = 'exact';
  for (let i = 0, count = 0; i < pattern.length; i++, count++) {
    const char = pattern.charAt(i);
    if (char === '*' && pattern[i + 1] === '*') {
      i += pattern[i + 2] === '/' ? 2 : 1;
      const atEnd = i + 1 >= pattern.length;
      source += atEnd ? '.*' : '(?:.*/)?';
      kind = atEnd && kind === 'exact' ? 'prefix' : 'regexp';
      if (count === 0) kind = 'suffix';
    } else if (char === '*' || char === '?') {
      source += char === '?' ? '[^/]' : '[^/]*';
      kind = 'regexp';
    } else if (char === '[') {
      const end = classEnd(pattern, i);
      if (end === -1) return undefined;
      source += pattern.slice(i, end);
      i = end - 1;
      kind = 'regexp';
    } else if (char === '\\') {
      if (i + 1 >= pattern.length) return undefined;
      source += pattern.charAt(++i).replace(/\W/, '\\$&');
      kind = 'regexp';
    } else source += SPECIAL.has(char) || char === ']' ? `\\${char}` : char;
  }
  if (kind === 'exact') return (path) => path === pattern;
  if (kind === 'prefix') return (path) => path.startsWith(pattern.slice(0, -2));
  if (kind === 'suffix') return suffixTest(pattern.slice(2));
  return regexpTest(source);
}

/** `**`, then `/name` matches `name` at any depth. */
function suffixTest(suffix: string): (path: string) => boolean {
  return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
}

function regexpTest(source: string): ((path: string) => boolean) | undefined {
  try {
    const regexp = new RegExp(`^${source.replace(/(?:\[\^\/\]\*){2,}/g, '[^/]*')}$`, 's');
    return (path) => regexp.test(path);
  } catch {
    return undefined;
  }
}

/** Offset behind the `]` of the class that starts at `start`, or -1. */
function classEnd(pattern: string, start: number): number {
  for (let i = pattern[start + 1] === '^' ? start + 2 : start + 1; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']') return i + 1;
  }
  return -1;
}
