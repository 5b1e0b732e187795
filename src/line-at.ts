/** The number of the line at an offset of a text, 1-based. It counts from the start: not for each place of a long text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
