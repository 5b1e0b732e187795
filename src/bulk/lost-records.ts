// A plan is written after the journal has a record of each of its repositories. Where one has none, the journal was emptied, cut off or
// replaced: what the campaign pushed and opened is not known from it any more, and has to be looked up.
import { UsageError } from '../files/config/usage-error.js';
import { plural } from '../report/counts.js';
import { journalFile, planFile, type Session } from './campaign/session.js';
import type { RepositoryStatus } from './journal/types.js';
import { idsOf, readPlan } from './plan/plan-file.js';
import type { PlanEntry } from './plan/types.js';

type Statuses = ReadonlyMap<string, RepositoryStatus>;

/** Tells what is lost, and what to do; nothing where every repository of the plan has its records. */
export function tellLostRecords(
  session: Pick<Session, 'campaign' | 'notice'>,
  ids: readonly string[],
  statuses: Statuses,
): void {
  const lost = lostRecords(session, ids, statuses);
  if (lost !== undefined) session.notice(lost);
}

function lostRecords(
  campaign: Pick<Session, 'campaign'>,
  ids: readonly string[],
  statuses: Statuses,
): string | undefined {
  const lost = ids.filter((id) => !statuses.has(id));
  const [first] = lost;
  if (first === undefined) return undefined;
  const which = lost.length === 1 ? first : `${plural(lost.length, 'repository', 'repositories')}, such as ${first},`;
  return `${journalFile(campaign)}: the records of ${which} are lost: put back a copy of the file, or run \`dockmod bulk apply\`, which finds what the plan pushed and records it; where nothing was pushed, remove ${planFile(campaign)} and plan again`;
}

/**
 * A new plan makes other commits, so what the last one pushed can be recognised only as long as that plan is there.
 * @throws UsageError where records of it are lost
 */
export async function refuseLostRecords(campaign: Pick<Session, 'campaign'>, statuses: Statuses): Promise<void> {
  const lost = lostRecords(campaign, await readableIds(planFile(campaign)), statuses);
  if (lost !== undefined) throw new UsageError(lost);
}

/** The repositories of a plan; none where there is no plan, or a damaged one. */
async function readableIds(file: string): Promise<readonly string[]> {
  try {
    return await idsOf(await readPlan(file));
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

/** The plan of a repository is not in the journal, and the repository is not done with for another reason. */
export function lacksPlan(entry: PlanEntry, status: RepositoryStatus | undefined): boolean {
  return (
    entry.outcome === 'fix' && status?.head === undefined && status?.state !== 'skipped' && status?.state !== 'nothing'
  );
}
