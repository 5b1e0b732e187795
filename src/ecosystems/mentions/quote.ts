/** A string of something that takes part in an install, and that may name a file of the project. */
export interface Quote {
  readonly text: string;
  readonly field: Field;
}

/**
 * What its place says of it. In the first four a plain word may name a file; in the others it has to look like a path.
 *
 * - `path`: it names a file or folder: what is not found, or is only known when it is read, is a mention, too;
 * - `read`: the argument of a call that reads, or loads a module;
 * - `value`: of an option, or of a variable for files: what is not found doesn't count;
 * - `output`: where the install writes: the project must not have anything there;
 * - `text`: anything;
 * - `word`: of a command line or a variable: what is not found doesn't count.
 */
export type Field = 'path' | 'read' | 'value' | 'output' | 'text' | 'word';

/** The field of a value in a data format, by its keys from the root, `*` for an item of a list; undefined: never evaluated. */
export type Evaluated = (keys: readonly string[]) => Field | undefined;

/** All strings of a parsed document that an install evaluates. */
export function quotesIn(value: unknown, evaluated: Evaluated, keys: readonly string[] = []): readonly Quote[] {
  if (typeof value === 'string') {
    const field = evaluated(keys);
    return field === undefined ? [] : [{ text: value, field }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    quotesIn(item, evaluated, [...keys, Array.isArray(value) ? '*' : key]),
  );
}
