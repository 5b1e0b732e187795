import pc from 'picocolors';

/** How text may be dressed up: on a terminal in colours, and never with a file's own control characters. */
export interface Looks {
  readonly colour: boolean;
  /** A person reads it: control characters are shown, not sent. Otherwise a diff keeps its bytes for `git apply`. */
  readonly terminal: boolean;
}

export type Colours = ReturnType<typeof pc.createColors>;

export const coloursOf = ({ colour }: Looks): Colours => pc.createColors(colour);

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Control characters as `^[`, `\x9b` or `\u202e`, so that a file can't drive the terminal. */
export function showControls(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
    return code < 0x100 ? `\\x${code.toString(16)}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** The same on one line: for messages. */
export function oneLine(text: string): string {
  return showControls(text.replace(/\s*\n\s*/g, ' '));
}

/** A diff as a person or a program gets it. */
export function dressDiff(diff: string, looks: Looks): string {
  const shown = looks.terminal || looks.colour ? showControls(diff) : diff;
  if (!looks.colour) return shown;
  const colours = coloursOf(looks);
  let hunk = false;
  return shown
    .split('\n')
    .map((line) => {
      if (line.startsWith('@@')) hunk = true;
      if (line.startsWith('diff --git ')) hunk = false;
      if (line === '') return line;
      if (!hunk) return colours.bold(line);
      if (line.startsWith('@@')) return colours.cyan(line);
      return line.startsWith('+') ? colours.green(line) : line.startsWith('-') ? colours.red(line) : line;
    })
    .join('\n');
}
