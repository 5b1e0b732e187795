/** Sources of the application as text: what is between brackets and quotes, in the languages that write calls as `name(…)`. */

import { lineAt } from '../../src/line-at.js';

/** Of a file that goes into the image. */
export interface SourceText {
  /** In the build context. */
  readonly path: string;
  readonly text: string;
  /** Where it lies in the image; undefined where that is not known. */
  readonly place: string | undefined;
}

/** A piece of a text: `text.slice(start, end)`. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Arguments are not longer. */
const LONGEST = 2000;

/** The arguments of a call whose bracket opens in front of `start`; undefined where it does not close. */
export function argumentsFrom(text: string, start: number): readonly Piece[] | undefined {
  const found: Piece[] = [];
  let depth = 0;
  let begin = start;
  for (let at = start; at < Math.min(text.length, start + LONGEST); at++) {
    const char = text.charAt(at);
    if (isQuote(char)) at = endOfString(text, at) - 1;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) {
      if (depth === 0) return /\S/.test(text.slice(begin, at)) ? [...found, { start: begin, end: at }] : found;
      depth--;
    } else if (char === ',' && depth === 0) {
      found.push({ start: begin, end: at });
      begin = at + 1;
    }
  }
  return undefined;
}

export function isQuote(char: string): boolean {
  return char === '"' || char === "'" || char === '`';
}

/** The offset behind a string that opens at `start`; of Python's with three quotes, too. */
export function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  const triple = quote.repeat(3);
  if (quote !== '`' && text.startsWith(triple, start)) {
    const end = text.indexOf(triple, start + 3);
    return end < 0 ? text.length : end + 3;
  }
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') at++;
    else if (char === quote) return at + 1;
    else if (char === '\n' && quote !== '`') return at;
  }
  return text.length;
}

/** For messages: `src/server.js:12`. */
export function lineOf({ path, text }: SourceText, at: number): string {
  return `${path}:${lineAt(text, at)}`;
}
