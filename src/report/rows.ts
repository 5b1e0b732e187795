import { coloursOf, type TerminalStyle } from './colours.js';
import { oneLine } from './terminal.js';
import { wrapBehind } from './wrap.js';

/** Something on a line of a file. */
export interface Row {
  readonly line: number;
  /** The transform's. */
  readonly name: string;
  readonly text: string;
}

/** Rows in columns, broken below their text: `  12  merge-run  Join 3 RUN instructions`. */
export function alignRows(rows: readonly Row[], style: TerminalStyle): string {
  const colours = coloursOf(style);
  const numbers = Math.max(...rows.map(({ line }) => String(line).length));
  const names = Math.max(...rows.map(({ name }) => name.length));
  const taken = 2 + numbers + 2 + names + 2;
  return rows
    .map(({ line, name, text }) => {
      const columns = [
        colours.dim(String(line).padStart(numbers)),
        colours.cyan(name.padEnd(names)),
        wrapBehind(oneLine(text), taken, style.width),
      ];
      return `  ${columns.join('  ')}`.replace(/(?<! ) +\n/g, '\n') + '\n';
    })
    .join('');
}
