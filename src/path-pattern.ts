/** Patterns of paths, as text: `*` and `?` stand for characters of a segment, `**` for segments. */

/** Of a segment for its characters, of a path for its segments. */
type Token = '*' | ((part: string) => boolean);

/** The segment has wildcards, or escapes that need matching. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[\\]/.test(pattern);
}

/** One segment of a path matches one of a pattern. */
export function matchesSegment(pattern: string, name: string): boolean {
  return segmentMatcher(pattern)?.(name) === true;
}

/** A path matches a pattern; a segment `**` stands for any number of segments. Empty ones and `.` count for nothing. */
export function matchesPath(pattern: string, path: string): boolean {
  const tokens = segmentsOf(pattern).map((segment): Token =>
    segment === '**' ? '*' : (segmentMatcher(segment) ?? (() => false)),
  );
  return matchTokens(tokens, segmentsOf(path));
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** Go's filepath.Match for one segment of a path; undefined for a malformed pattern. */
export function segmentMatcher(pattern: string): ((name: string) => boolean) | undefined {
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

/** Goes back to the last `*` only: linear in pattern times parts. */
function matchTokens(tokens: readonly Token[], parts: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let mark = 0;
  while (at < parts.length) {
    const test = tokens[token];
    if (test === '*') {
      star = token++;
      mark = at;
    } else if (test?.(parts[at] ?? '') === true) {
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
