/** Paths as words of a new COPY. */
import type { Dockerfile } from '../dockerfile/types.js';
import { newInstruction } from './new-instruction.js';

/**
 * A COPY of words that are written as a Dockerfile wants them: in the JSON form where a blank is in one of them.
 * @param flags as written, with a blank after each
 */
export function newCopy(dockerfile: Dockerfile, flags: string, words: readonly string[]): string {
  const [first = ''] = words;
  const plain = !first.startsWith('[') && words.every((word) => !/\s/.test(word));
  return newInstruction(dockerfile, 'COPY', flags + (plain ? words.join(' ') : jsonForm(words)));
}

function jsonForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** A source is a pattern: what would match something else is written so that it matches itself. */
export function sourceWord(path: string): string {
  return pathWord(path).replace(/[[*?]/g, '[$&]');
}

/** Quotes and variables mean what they say. */
export function pathWord(path: string): string {
  return path.replace(/["'$]/g, '\\$&');
}
