/** `pin-base-image 3, merge-run 2`: the most frequent first. */
export function listCounts(counts: Readonly<Record<string, number>>): string {
  const rows = Object.entries(counts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return rows.map(([name, count]) => `${name} ${count}`).join(', ');
}

const SKIPPED: Readonly<Record<string, string>> = {
  template: 'templates',
  generated: 'generated',
  'no-from': 'without FROM',
  gitignore: 'by .gitignore',
  exclude: 'by exclude',
  'test-data': 'test data',
};

/** `templates 2, without FROM 1`, by the kinds of what was skipped. */
export function listSkipped(counts: Readonly<Record<string, number>>): string {
  return listCounts(Object.fromEntries(Object.entries(counts).map(([kind, count]) => [SKIPPED[kind] ?? kind, count])));
}

/** `1 fix`, `2 fixes`. @param many by default `one` with an s */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${showNumber(count)} ${count === 1 ? one : many}`;
}

/** `1,860`. Loading the locale's own formatter takes longer than fixing a small file. */
export function showNumber(value: number): string {
  const digits = String(value);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(',');
}
