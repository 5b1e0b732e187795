/** The first line, for a message. */
export function short(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
