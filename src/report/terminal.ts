import { colourLines } from './colour-lines.js';
import { coloursOf, isForPeople, type TerminalStyle } from './colours.js';
import { splitDiff } from './hunks.js';

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
  return showControls(text.replace(/\s+/g, (blanks) => (blanks.includes('\n') ? ' ' : blanks)));
}

/** A diff for a stream: coloured, with visible control characters, or unchanged. */
export function styleDiff(diff: string, style: TerminalStyle): string {
  const shown = isForPeople(style) ? showControls(diff) : diff;
  if (!style.colour) return shown;
  const colours = coloursOf(style);
  const { header, hunks } = splitDiff(shown);
  const heads = header.map((line) => (line === '' ? line : colours.bold(line)));
  return [
    ...heads,
    ...hunks.flatMap(([head = '', ...lines]) => [colours.cyan(head), ...colourLines(lines, colours)]),
  ].join('\n');
}
