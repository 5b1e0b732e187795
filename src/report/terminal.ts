import pc from 'picocolors';

/** How text is printed to a stream. */
export interface TerminalStyle {
  readonly colour: boolean;
  /** The stream is a terminal: control characters in a diff are made visible. Otherwise the diff keeps its bytes for `git apply`. */
  readonly terminal: boolean;
}

export type Colours = ReturnType<typeof pc.createColors>;

export const coloursOf = ({ colour }: TerminalStyle): Colours => pc.createColors(colour);

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Shows control characters as `^[`, `\x9b` or `\u202e`, so that a file can't control the terminal. */
export function showControls(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
    return code < 0x100 ? `\\x${code.toString(16)}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** For messages: control characters shown, line breaks replaced by spaces. */
export function oneLine(text: string): string {
  return showControls(text.replace(/\s*\n\s*/g, ' '));
}

/** A diff for a stream: coloured, with visible control characters, or unchanged. */
export function styleDiff(diff: string, style: TerminalStyle): string {
  const shown = style.terminal || style.colour ? showControls(diff) : diff;
  if (!style.colour) return shown;
  const colours = coloursOf(style);
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
