import pc from 'picocolors';

/** How text is printed to a stream. */
export interface TerminalStyle {
  readonly colour: boolean;
  /** The stream is a terminal: control characters in a diff are made visible. Otherwise the diff keeps its bytes for `git apply`. */
  readonly terminal: boolean;
  /** Columns, where lines are to be broken; undefined: they are as long as their text. */
  readonly width?: number | undefined;
}

export type Colours = ReturnType<typeof pc.createColors>;

export const coloursOf = ({ colour }: TerminalStyle): Colours => pc.createColors(colour);

/** It is for people: on a terminal, or in colour. Otherwise it may be piped to `git apply`. */
export function isForPeople({ colour, terminal }: TerminalStyle): boolean {
  return colour || terminal;
}
