// Other forms of one text that must come out the same: line ends, and a byte order mark.

export const BYTE_ORDER_MARK = '\uFEFF';

/** True where a text has both kinds of line ends: then it is about them, and has no other form. */
export function hasMixedLineEnds(text: string): boolean {
  return /\r\n/.test(text) && /(?:^|[^\r])\n/.test(text);
}

/** The text with CRLF where it has LF, the other way round where it has CRLF. */
export function swapLineEnds(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
}
