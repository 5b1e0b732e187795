import type { ArgumentSpec } from './catalogue/types.js';

/** A word of a command: as a shell reads it, or a plain string, as the exec form of CMD has them. */
export type Word = string | { readonly text: string; readonly value: string | undefined };

export interface Option<W extends Word = Word> {
  /** `--file` for `--file=x`; `-f` for `-fx`, and for a bundle with one that takes a value: `-vf x`. */
  readonly name: string;
  readonly value: string | undefined;
  /** The word that names it. */
  readonly word: W;
}

export interface Arguments<W extends Word = Word> {
  /** In order. */
  readonly options: readonly Option<W>[];
  /** Words that are neither options nor values of options, in order. */
  readonly operands: readonly W[];
}

/** As written. */
export function textOf(word: Word): string {
  return typeof word === 'string' ? word : word.text;
}

/** What the program is given, as far as that is known; otherwise as written. */
export function valueOf(word: Word): string {
  return typeof word === 'string' ? word : (word.value ?? word.text);
}

/**
 * Divides a command line into options and operands: `--file=x`, `--file x`, `-f x`, `-fx`, `-vf x`, `-vfx`; after `--`, operands
 * alone.
 * @param leading the first operand ends the options: it begins another command, as in `nice -n 5 make -j 2`
 */
export function readArguments<W extends Word>(
  words: readonly W[],
  spec: ArgumentSpec = {},
  leading = false,
): Arguments<W> {
  const options: Option<W>[] = [];
  const operands: W[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    const text = textOf(word);
    if (text === '--') return { options, operands: operands.concat(words.slice(at + 1)) };
    if (text.startsWith('-') && text !== '-') {
      const next = words[at + 1];
      const { name, value, separate } = readOption(text, next === undefined ? undefined : valueOf(next), spec);
      options.push({ name, value, word });
      if (separate) at++;
      if (spec.ending?.includes(name) === true) return { options, operands: operands.concat(words.slice(at + 1)) };
    } else if (leading) return { options, operands: words.slice(at) };
    else operands.push(word);
  }
  return { options, operands };
}

interface ReadOption {
  readonly name: string;
  readonly value: string | undefined;
  /** The value is the next word. */
  readonly separate: boolean;
}

function readOption(text: string, next: string | undefined, { valued = [], unbundled }: ArgumentSpec): ReadOption {
  const equals = text.indexOf('=');
  const plain = { name: text, value: undefined, separate: false };
  if (equals > 1 && (text.startsWith('--') ? equals > 2 : unbundled === true))
    return { name: text.slice(0, equals), value: text.slice(equals + 1), separate: false };
  if (valued.includes(text)) return { name: text, value: next, separate: next !== undefined };
  if (text.startsWith('--')) return plain;
  const at = valuedLetter(text, valued);
  if (at < 0 || (at > 1 && unbundled === true)) return plain;
  const name = `-${text.charAt(at)}`;
  const rest = text.slice(at + 1);
  return rest === ''
    ? { name, value: next, separate: next !== undefined }
    : { name, value: rest.replace(/^=/, ''), separate: false };
}

/** Where the first letter that takes a value is in `-qqo`, `-rfile`; -1 when there is none, or something else before it. */
function valuedLetter(text: string, valued: readonly string[]): number {
  for (let at = 1; at < text.length && /[A-Za-z]/.test(text.charAt(at)); at++)
    if (valued.includes(`-${text.charAt(at)}`)) return at;
  return -1;
}

export function hasOption({ options }: Pick<Arguments, 'options'>, ...names: readonly string[]): boolean {
  return options.some(({ name }) => names.includes(name));
}

/** The first value given to an option, in any of its spellings. */
export function optionValue({ options }: Pick<Arguments, 'options'>, ...names: readonly string[]): string | undefined {
  return options.find(({ name }) => names.includes(name))?.value;
}
