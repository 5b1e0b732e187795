import type { FileReport } from './types.js';

/** What a run came to. */
export interface Tally {
  files: number;
  changed: number;
  changes: number;
  leftAlone: number;
  problems: number;
  /** Changes by transform. */
  readonly byTransform: Record<string, number>;
  /** What `--unsafe` would add, by transform. */
  readonly more: Record<string, number>;
}

export const newTally = (): Tally => ({
  files: 0,
  changed: 0,
  changes: 0,
  leftAlone: 0,
  problems: 0,
  byTransform: {},
  more: {},
});

export function addToTally(tally: Tally, report: FileReport): void {
  tally.files += report.read ? 1 : 0;
  tally.changed += isChanged(report) ? 1 : 0;
  tally.changes += report.changes.length;
  tally.leftAlone += report.leftAlone.length;
  tally.problems += report.problems.length;
  for (const { transform } of report.changes) tally.byTransform[transform] = (tally.byTransform[transform] ?? 0) + 1;
  for (const [name, count] of Object.entries(report.more)) tally.more[name] = (tally.more[name] ?? 0) + count;
}

/** The Dockerfile or a file of its context was written, or would be. */
export function isChanged({ before, after, contextFiles }: FileReport): boolean {
  return before !== after || contextFiles.length > 0;
}

/** `pin-base-image 3, merge-run 2`: the most frequent first. */
export function listCounts(counts: Readonly<Record<string, number>>): string {
  const rows = Object.entries(counts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return rows.map(([name, count]) => `${name} ${count}`).join(', ');
}

export function plural(count: number, noun: string): string {
  return `${showNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** 1,860. The locale's own formatter takes longer to load than a small file to fix. */
export function showNumber(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
