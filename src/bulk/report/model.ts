import type { Level } from '../../engine/levels.js';
import type { Checks } from '../forges/types.js';
import { nextStatus } from '../journal/repository-status.js';
import type { JournalRecord, RepositoryState, RepositoryStatus } from '../journal/types.js';
import type { PlanEntry } from '../plan/types.js';

/** States in the order of the report: from done to not done. */
export const STATES: readonly RepositoryState[] = [
  'merged',
  'open',
  'pushed',
  'planned',
  'nothing',
  'skipped',
  'closed',
  'failed',
];

export interface ReportFix {
  readonly path: string;
  readonly line: number;
  readonly transform: string;
  readonly level: Level;
  /** What was changed, or why the place was left alone. */
  readonly text: string;
}

export interface ReportRefusal extends ReportFix {
  readonly code: string;
}

export interface ReportRow {
  readonly id: string;
  readonly state: RepositoryState;
  readonly reason: string | undefined;
  /** Of the pull request. */
  readonly url: string | undefined;
  readonly checks: Checks;
  readonly wave: number | undefined;
  readonly files: number;
  readonly fixes: readonly ReportFix[];
  readonly leftAlone: readonly ReportRefusal[];
  readonly problems: PlanEntry['problems'];
  readonly skipped: PlanEntry['skipped'];
  readonly warnings: PlanEntry['warnings'];
  readonly diff: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Number of repositories in each state at a time. */
export interface ReportPoint {
  readonly at: string;
  readonly states: Readonly<Partial<Record<RepositoryState, number>>>;
}

export interface ReportModel {
  readonly campaign: string;
  /** When the plan was made, ISO 8601. */
  readonly plannedAt: string;
  readonly repositories: number;
  readonly files: number;
  readonly fixes: number;
  readonly states: readonly (readonly [state: RepositoryState, count: number])[];
  /** Fixes by transform, most frequent first. */
  readonly transforms: readonly (readonly [transform: string, count: number])[];
  /** Places left alone by the code of the reason, most frequent first. */
  readonly reasons: readonly (readonly [code: string, count: number])[];
  readonly timeline: readonly ReportPoint[];
  readonly rows: readonly ReportRow[];
}

export interface ReportInput {
  readonly campaign: string;
  readonly plannedAt: string;
  readonly entries: AsyncIterable<PlanEntry> | Iterable<PlanEntry>;
  readonly statuses: ReadonlyMap<string, RepositoryStatus>;
  readonly records: readonly JournalRecord[];
}

/** Makes the content of a report from the plan and the journal. */
export async function makeReport({
  campaign,
  plannedAt,
  entries,
  statuses,
  records,
}: ReportInput): Promise<ReportModel> {
  const rows: ReportRow[] = [];
  for await (const entry of entries) rows.push(rowOf(entry, statuses.get(entry.repository.id)));
  const fixes = rows.flatMap((row) => row.fixes);
  return {
    campaign,
    plannedAt,
    repositories: rows.length,
    files: rows.reduce((sum, { files }) => sum + files, 0),
    fixes: fixes.length,
    states: STATES.flatMap((state) => {
      const count = rows.filter((row) => row.state === state).length;
      return count === 0 ? [] : [[state, count] as const];
    }),
    transforms: countBy(fixes.map(({ transform }) => transform)),
    reasons: countBy(rows.flatMap(({ leftAlone }) => leftAlone.map(({ code }) => code))),
    timeline: timelineOf(records, new Set(rows.map(({ id }) => id))),
    rows,
  };
}

function rowOf(entry: PlanEntry, status: RepositoryStatus | undefined): ReportRow {
  const { repository, outcome, reason, commits, diff, problems, skipped, warnings } = entry;
  return {
    id: repository.id,
    state: status?.state ?? (outcome === 'fix' ? 'planned' : outcome),
    reason: status?.reason ?? reason,
    url: status?.pullRequest?.url,
    checks: status?.checks ?? 'none',
    wave: status?.wave,
    files: new Set(commits.flatMap(({ files }) => files.map(({ path }) => path))).size,
    fixes: entry.fixes.map(({ message, ...fix }) => ({ ...fix, text: message })),
    leftAlone: entry.leftAlone.map(({ reason: text, ...place }) => ({ ...place, text })),
    problems,
    skipped,
    warnings,
    diff,
    at: status?.at ?? '',
  };
}

function countBy(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** Points of the chart; more could not be told apart. */
const POINTS = 120;

/** Replays the journal and counts the states at equal steps of time. */
function timelineOf(records: readonly JournalRecord[], ids: ReadonlySet<string>): readonly ReportPoint[] {
  const relevant = records.filter(({ repository }) => ids.has(repository));
  const [first, last] = [relevant[0], relevant.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [start, end] = [Date.parse(first.at), Date.parse(last.at)];
  const statuses = new Map<string, RepositoryStatus>();
  const points: ReportPoint[] = [];
  let next = 0;
  for (let step = 0; step <= POINTS; step++) {
    const until = start + ((end - start) * step) / POINTS;
    for (let record = relevant[next]; record !== undefined && Date.parse(record.at) <= until; record = relevant[++next])
      statuses.set(record.repository, nextStatus(statuses.get(record.repository), record));
    points.push({ at: new Date(until).toISOString(), states: countStates(statuses.values()) });
  }
  return points;
}

function countStates(statuses: Iterable<RepositoryStatus>): ReportPoint['states'] {
  const states: Partial<Record<RepositoryState, number>> = {};
  for (const { state } of statuses) states[state] = (states[state] ?? 0) + 1;
  return states;
}
