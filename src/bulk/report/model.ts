import type { Level } from '../../engine/types.js';
import type { Checks } from '../forges/types.js';
import { nextStanding } from '../journal/repository-status.js';
import type { JournalRecord, RepositoryState, Standing } from '../journal/types.js';
import type { PlanEntry } from '../plan/types.js';

/** States in the order in which a report names them: from what is done to what is not. */
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
  /** What was done, or why nothing was. */
  readonly text: string;
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
  readonly leftAlone: readonly ReportFix[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  readonly diff: string;
  /** ISO 8601. */
  readonly at: string;
}

/** How many repositories were in each state at a time. */
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
  /** Most frequent first. */
  readonly transforms: readonly (readonly [transform: string, count: number])[];
  readonly reasons: readonly (readonly [code: string, count: number])[];
  readonly timeline: readonly ReportPoint[];
  readonly rows: readonly ReportRow[];
}

export interface ReportInput {
  readonly campaign: string;
  readonly plannedAt: string;
  readonly entries: AsyncIterable<PlanEntry> | Iterable<PlanEntry>;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly records: readonly JournalRecord[];
}

/** What a report says, from the plan and the journal alone. */
export async function makeReport({
  campaign,
  plannedAt,
  entries,
  standings,
  records,
}: ReportInput): Promise<ReportModel> {
  const rows: ReportRow[] = [];
  for await (const entry of entries) rows.push(rowOf(entry, standings.get(entry.repository.id)));
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
    reasons: countBy(rows.flatMap(({ leftAlone }) => leftAlone.map(({ transform }) => transform))),
    timeline: timelineOf(records, new Set(rows.map(({ id }) => id))),
    rows,
  };
}

function rowOf(entry: PlanEntry, standing: Standing | undefined): ReportRow {
  const { repository, outcome, reason, commits, diff, problems } = entry;
  return {
    id: repository.id,
    state: standing?.state ?? (outcome === 'fix' ? 'planned' : outcome),
    reason: standing?.reason ?? reason,
    url: standing?.pullRequest?.url,
    checks: standing?.checks ?? 'none',
    wave: standing?.wave,
    files: new Set(commits.flatMap(({ files }) => files.map(({ path }) => path))).size,
    fixes: entry.fixes.map(({ message, ...fix }) => ({ ...fix, text: message })),
    leftAlone: entry.leftAlone.map(({ reason: text, path, line, transform, level }) => ({
      path,
      line,
      transform,
      level,
      text,
    })),
    problems,
    diff,
    at: standing?.at ?? '',
  };
}

function countBy(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** As many as a chart can show. */
const POINTS = 120;

/** Plays the journal through again, and looks at even steps of time. */
function timelineOf(records: readonly JournalRecord[], ids: ReadonlySet<string>): readonly ReportPoint[] {
  const relevant = records.filter(({ repository }) => ids.has(repository));
  const [first, last] = [relevant[0], relevant.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [start, end] = [Date.parse(first.at), Date.parse(last.at)];
  const standings = new Map<string, Standing>();
  const points: ReportPoint[] = [];
  let next = 0;
  for (let step = 0; step <= POINTS; step++) {
    const until = start + ((end - start) * step) / POINTS;
    for (let record = relevant[next]; record !== undefined && Date.parse(record.at) <= until; record = relevant[++next])
      standings.set(record.repository, nextStanding(standings.get(record.repository), record));
    points.push({ at: new Date(until).toISOString(), states: tally(standings.values()) });
  }
  return points;
}

function tally(standings: Iterable<Standing>): ReportPoint['states'] {
  const states: Partial<Record<RepositoryState, number>> = {};
  for (const { state } of standings) states[state] = (states[state] ?? 0) + 1;
  return states;
}
