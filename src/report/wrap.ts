/** Text in lines of a width, counted in UTF-16 code units. */

export interface Layout {
  /** Columns of the terminal; undefined: a line is as long as its text. */
  readonly width: number | undefined;
  /** Blanks in front of the second line and the following ones. */
  readonly indent: number;
  /** Columns that are taken on the first line. */
  readonly taken: number;
}

/** Words that are longer than a line stay whole. No newline at the end. */
export function wrap(text: string, { width, indent, taken }: Layout): string {
  if (width === undefined || taken + text.length <= width) return text;
  const lines: string[] = [];
  let line = '';
  let room = width - taken;
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || longer.length <= room) line = longer;
    else {
      lines.push(line);
      line = word;
      room = width - indent;
    }
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

/** Columns that a text needs beside what is in front of it: with less, it begins on the next line. */
const LEAST = 24;
/** Blanks in front of text that begins on a line of its own. */
const ALONE = 6;

/**
 * Text behind columns of a row, from `taken` on; its further lines begin below its first one, or where the columns leave too little
 * room, all of it on lines of its own.
 */
export function wrapBehind(text: string, taken: number, width: number | undefined): string {
  if (width === undefined || width - taken >= LEAST) return wrap(text, { width, indent: taken, taken });
  return `\n${' '.repeat(ALONE)}${wrap(text, { width, indent: ALONE, taken: ALONE })}`;
}
