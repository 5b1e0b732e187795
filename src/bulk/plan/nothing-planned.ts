import type { PlanEntry } from './types.js';

/** What a plan holds of a repository in which nothing was looked into. */
export const NOTHING_PLANNED: Pick<
  PlanEntry,
  'commits' | 'diff' | 'fixes' | 'leftAlone' | 'problems' | 'skipped' | 'warnings'
> = { commits: [], diff: '', fixes: [], leftAlone: [], problems: [], skipped: [], warnings: [] };
