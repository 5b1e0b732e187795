/** `3.14.7` as 3, 14, 7. */
export function numbersOf(version: string): readonly number[] {
  return version.split('.').map(Number);
}

/** Below 0 where the first is before the second, as far as that one has numbers: 3.14.7 is no more than 3.14. */
export function compareNumbers(first: readonly number[], second: readonly number[]): number {
  const at = second.findIndex((number, index) => number !== (first[index] ?? 0));
  return at === -1 ? 0 : (first[at] ?? 0) - (second[at] ?? 0);
}
