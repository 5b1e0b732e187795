import type { FileReport } from './types.js';

/** Totals of a run; `summary` in JSON. */
export interface Summary {
  /** Dockerfiles that could be read. */
  files: number;
  /** Those that were changed, or would be. */
  changed: number;
  changes: number;
  leftAlone: number;
  problems: number;
  warnings: number;
  /** Warnings for which `check` fails. */
  toMend: number;
  /** What has a Dockerfile's name, or may hold one, and was not looked into: how many, by kind. */
  readonly skipped: Record<string, number>;
  /** Changes by transform. */
  readonly byTransform: Record<string, number>;
  /** Changes that `--unsafe` would add, by transform. */
  readonly more: Record<string, number>;
}

export const newSummary = (): Summary => ({
  files: 0,
  changed: 0,
  changes: 0,
  leftAlone: 0,
  problems: 0,
  warnings: 0,
  toMend: 0,
  skipped: {},
  byTransform: {},
  more: {},
});

export function addToSummary(summary: Summary, report: FileReport): void {
  summary.files += report.read ? 1 : 0;
  summary.changed += isChanged(report) ? 1 : 0;
  summary.changes += report.changes.length;
  summary.leftAlone += report.leftAlone.length;
  summary.problems += report.problems.length;
  summary.warnings += report.warnings.length;
  summary.toMend += report.warnings.filter(({ toMend }) => toMend).length;
  const { skipped } = report;
  if (skipped !== undefined) summary.skipped[skipped.kind] = (summary.skipped[skipped.kind] ?? 0) + 1;
  for (const { transform } of report.changes)
    summary.byTransform[transform] = (summary.byTransform[transform] ?? 0) + 1;
  for (const [name, count] of Object.entries(report.more)) summary.more[name] = (summary.more[name] ?? 0) + count;
}

/** True when the Dockerfile or a file of its context was written, or would be. */
export function isChanged({ before, after, contextFiles }: FileReport): boolean {
  return before !== after || contextFiles.length > 0;
}
