/**
 * A word of a Dockerfile taken apart as BuildKit's shell lexer does: quotes and escapes are gone, and variables are apart. What
 * BuildKit refuses, such as `${}`, stays as text.
 */
import type { Range } from './types.js';

/** A variable in a word; the range counts from the start of the word. */
export interface Variable extends Range {
  readonly name: string;
  /** `''`, `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/` or `//`. */
  readonly operator: string;
  /** What follows the operator. */
  readonly operand: readonly Piece[];
  /** What follows the second slash of `${NAME/pattern/word}`. */
  readonly replacement: readonly Piece[];
}

/** Text without quotes, or a variable. */
export type Piece = string | Variable;

/** Up to what may be special: both escape characters, and what ends an operand. */
const TEXT = /[^"'$\\`}/]+|[\s\S]/y;

/** A word that is read from its start to its end. */
interface Cursor {
  readonly word: string;
  readonly escape: string;
  at: number;
}

export function readWord(word: string, escape: string): readonly Piece[] {
  return readPieces({ word, escape, at: 0 }, '', false) ?? [word];
}

/** Up to and with `stop`, where `''` is the end of the word; undefined where there is no such place. `raw` keeps escapes. */
function readPieces(cursor: Cursor, stop: string, raw: boolean): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (let char = peek(cursor); char !== stop; char = peek(cursor)) {
    if (char === '') return undefined;
    if (char === '"') pieces.push(...readQuoted(cursor, raw));
    else if (char === "'") pieces.push(readLiteral(cursor));
    else if (char === '$') pieces.push(readVariable(cursor));
    else if (char === cursor.escape) pieces.push(readEscaped(cursor, raw));
    else pieces.push(readToken(cursor, TEXT));
  }
  cursor.at += stop.length;
  return pieces;
}

function peek({ word, at }: Cursor): string {
  return word.charAt(at);
}

function take(cursor: Cursor, count: number): string {
  const { word, at } = cursor;
  cursor.at += count;
  return word.slice(at, at + count);
}

/** `'…'`: nothing in it is special. */
function readLiteral(cursor: Cursor): string {
  const start = cursor.at + 1;
  const close = cursor.word.indexOf("'", start);
  const end = close === -1 ? cursor.word.length : close;
  cursor.at = end + 1;
  return cursor.word.slice(start, end);
}

/** `"…"`: variables count, and the escape character before a quote, a dollar or itself. */
function readQuoted(cursor: Cursor, raw: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  cursor.at++;
  for (let char = peek(cursor); char !== '"' && char !== ''; char = peek(cursor)) {
    const escapes = char === cursor.escape && ['"', '$', cursor.escape].includes(cursor.word.charAt(cursor.at + 1));
    if (char === '$') pieces.push(readVariable(cursor));
    else pieces.push(escapes ? readEscaped(cursor, raw) : readToken(cursor, TEXT));
  }
  cursor.at++;
  return pieces;
}

function readEscaped(cursor: Cursor, raw: boolean): string {
  const both = take(cursor, 2);
  return raw ? both : both.slice(1);
}

const NAME = /[\p{L}_][\p{L}\p{Nd}_]*|\d+|[@*#?$!-]/uy;
const OPERATOR = /:?[-+?]|##?|%%?|\/\/?|\}/y;

/** What starts with a `$`: a variable, or the `$` alone where it is none. */
function readVariable(cursor: Cursor): Piece {
  const start = cursor.at++;
  const braced = peek(cursor) === '{';
  if (braced) cursor.at++;
  const name = readToken(cursor, NAME);
  const rest = braced && name !== '' ? readOperator(cursor) : PLAIN;
  if (name !== '' && rest !== undefined) return { name, ...rest, start, end: cursor.at };
  cursor.at = start + 1;
  return '$';
}

function readToken(cursor: Cursor, token: RegExp): string {
  token.lastIndex = cursor.at;
  return take(cursor, token.exec(cursor.word)?.[0].length ?? 0);
}

type Operation = Pick<Variable, 'operator' | 'operand' | 'replacement'>;

const PLAIN: Operation = { operator: '', operand: [], replacement: [] };

/** What follows the name in braces, with the closing one; undefined where BuildKit knows no such thing. */
function readOperator(cursor: Cursor): Operation | undefined {
  const operator = readToken(cursor, OPERATOR);
  if (operator === '}') return PLAIN;
  if (operator === '') return undefined;
  const replaces = operator.startsWith('/');
  const operand = readPieces(cursor, replaces ? '/' : '}', /[#%/]/.test(operator));
  const replacement = replaces && operand !== undefined ? readPieces(cursor, '}', true) : [];
  return operand === undefined || replacement === undefined ? undefined : { operator, operand, replacement };
}
