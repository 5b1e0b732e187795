/** Words of a script with the values that its scene gives them. */
import type { ShellWord } from '../../shell/types.js';
import type { Scene } from './scene.js';

/** The text with the values of known variables in place; the others stay as they are. */
export function fill(text: string, { variable }: Scene): string {
  return text.replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare?: string, braced?: string) => {
    return variable(bare ?? braced ?? '') ?? whole;
  });
}

/** What a word gives; undefined where a variable in it is not known. */
export function valueIn({ value, text }: ShellWord, scene: Scene): string | undefined {
  if (value !== undefined) return value;
  const filled = fill(text.replace(/^"(.*)"$/, '$1'), scene);
  return /[$`*?]/.test(filled) ? undefined : filled;
}

/** Words as a shell script that gives them again. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
