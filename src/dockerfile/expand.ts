/**
 * Variables in the words of a Dockerfile, filled in as BuildKit does: `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME-word}`,
 * `${NAME:+word}`, `${NAME+word}`, `${NAME:?word}`, `${NAME#pattern}`, `${NAME%pattern}`, `${NAME/pattern/word}`.
 */
import { removePrefix, removeSuffix, replaceMatches } from './pattern.js';
import { readWord, type Piece, type Variable } from './pieces.js';

export type { Variable } from './pieces.js';

/** Looks a variable up; undefined: nothing sets it, as far as is known. */
export type Lookup = (name: string) => string | undefined;

/** The word with its variables filled in; an unset one is empty. */
export function expandWord(word: string, lookup: Lookup, escape: string): string {
  return isPlain(word, escape) ? word : (expand(readWord(word, escape), lookup, '') ?? '');
}

/**
 * The word with its variables filled in; undefined where one of them is unset and the word does not say what it gives then, as
 * `${NAME:-word}` and `${NAME:+word}` do.
 */
export function expandKnown(word: string, lookup: Lookup, escape: string): string | undefined {
  return isPlain(word, escape) ? word : expand(readWord(word, escape), lookup, undefined);
}

/** The variables of a word, in order; those within another's operand are not listed. */
export function variablesOf(word: string, escape: string): readonly Variable[] {
  return word.includes('$') ? readWord(word, escape).filter((piece) => typeof piece !== 'string') : [];
}

function isPlain(word: string, escape: string): boolean {
  return !/["'$]/.test(word) && !word.includes(escape);
}

/** `unset` is what an unset variable gives; undefined makes the whole undefined. */
function expand(pieces: readonly Piece[], lookup: Lookup, unset: string | undefined): string | undefined {
  let text = '';
  for (const piece of pieces) {
    const value = typeof piece === 'string' ? piece : valueOf(piece, lookup, unset);
    if (value === undefined) return undefined;
    text += value;
  }
  return text;
}

function valueOf(variable: Variable, lookup: Lookup, unset: string | undefined): string | undefined {
  const { name, operator, operand } = variable;
  const value = lookup(name);
  const counts = value !== undefined && !(operator.startsWith(':') && value === '');
  if (operator.endsWith('-')) return counts ? value : expand(operand, lookup, unset);
  if (operator.endsWith('+')) return counts ? expand(operand, lookup, unset) : '';
  if (operator === '' || operator.endsWith('?')) return value ?? unset;
  if (value === undefined) return unset;
  const pattern = expand(operand, lookup, unset);
  const replacement = expand(variable.replacement, lookup, unset);
  if (pattern === undefined || replacement === undefined) return undefined;
  if (operator.startsWith('/')) return replaceMatches(value, pattern, replacement, operator === '//');
  const longest = operator.length === 2;
  return operator.startsWith('#') ? removePrefix(value, pattern, longest) : removeSuffix(value, pattern, longest);
}
