/** Patterns in `${NAME#pattern}`, `${NAME%pattern}` and `${NAME/pattern/word}`: `*` is any text, `?` any character. */

type Token = '*' | ((char: string) => boolean);

/** Without the shortest or the longest match at the start. */
export function removePrefix(value: string, pattern: string, longest: boolean): string {
  return value.slice(Math.max(0, matchEnd(readTokens(pattern), value, 0, longest)));
}

/** Without the shortest or the longest match at the end. */
export function removeSuffix(value: string, pattern: string, longest: boolean): string {
  const backwards = Array.from(value).reverse().join('');
  const length = matchEnd(readTokens(pattern).reverse(), backwards, 0, longest);
  return value.slice(0, value.length - Math.max(0, length));
}

/** The first match, or all, replaced; a match is as long as can be. */
export function replaceMatches(value: string, pattern: string, replacement: string, all: boolean): string {
  const tokens = readTokens(pattern);
  let text = '';
  for (let at = 0; at < value.length;) {
    const end = matchEnd(tokens, value, at, true);
    if (end > at) {
      text += replacement;
      at = end;
      if (!all) return text + value.slice(at);
    } else text += value.charAt(at++);
  }
  return text;
}

/** A `\` makes `*`, `?`, `\`, `}` and `/` plain. */
function readTokens(pattern: string): Token[] {
  return [...pattern.matchAll(/\\([*?\\}/])|([*?])|[\s\S]/g)].map(([text, escaped, wildcard]): Token => {
    if (wildcard === '*') return '*';
    const wanted = escaped ?? text;
    return wildcard === '?' ? () => true : (char) => char === wanted;
  });
}

/**
 * Where a match that begins at `start` ends; -1 where there is none. Follows all ways through the pattern at once, so that no
 * number of `*` takes long.
 */
function matchEnd(tokens: readonly Token[], text: string, start: number, longest: boolean): number {
  let places = new Set<number>();
  reach(tokens, places, 0);
  let end = places.has(tokens.length) ? start : -1;
  for (let at = start; at < text.length && places.size > 0 && (longest || end === -1); at++) {
    const next = new Set<number>();
    for (const place of places) {
      const token = tokens[place];
      if (token === '*') reach(tokens, next, place);
      else if (token?.(text.charAt(at)) === true) reach(tokens, next, place + 1);
    }
    places = next;
    if (places.has(tokens.length)) end = at + 1;
  }
  return end;
}

/** Adds the place before a token, and that after it where it is a `*`, which may take nothing. */
function reach(tokens: readonly Token[], places: Set<number>, from: number): void {
  for (let place = from; !places.has(place); place++) {
    places.add(place);
    if (tokens[place] !== '*') return;
  }
}
