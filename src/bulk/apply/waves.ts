import { plural } from '../../report/counts.js';
import type { Campaign } from '../campaign/load.js';
import type { RepositoryStatus } from '../journal/types.js';
import type { PlanFile } from '../plan/plan-file.js';
import type { PlanEntry } from '../plan/types.js';

/** A repository with something to push. */
export interface Task {
  readonly entry: PlanEntry;
  /** From 1; undefined when the campaign has no waves. */
  readonly wave: number | undefined;
}

/** Reads the tasks of one wave from the plan, one in memory at a time. */
export async function* tasksOfWave(
  plan: PlanFile,
  waves: Campaign['waves'],
  wave: number | undefined,
): AsyncGenerator<Task> {
  for await (const task of allTasks(plan, waves)) if (task.wave === wave) yield task;
}

/** Ids of the repositories with something to push, by wave. */
export async function idsByWave(
  plan: PlanFile,
  waves: Campaign['waves'],
): Promise<ReadonlyMap<number | undefined, readonly string[]>> {
  const ids = new Map<number | undefined, string[]>();
  for await (const { entry, wave } of allTasks(plan, waves)) {
    const same = ids.get(wave);
    if (same === undefined) ids.set(wave, [entry.repository.id]);
    else same.push(entry.repository.id);
  }
  return ids;
}

async function* allTasks(plan: PlanFile, waves: Campaign['waves']): AsyncGenerator<Task> {
  let index = 0;
  for await (const entry of plan.entries()) if (entry.outcome === 'fix') yield { entry, wave: waveOf(index++, waves) };
}

function waveOf(index: number, waves: Campaign['waves']): number | undefined {
  if (waves === undefined) return undefined;
  let end = 0;
  for (const [wave, size] of waves.sizes.entries()) {
    end += size;
    if (index < end) return wave + 1;
  }
  return waves.sizes.length + 1;
}

/**
 * Why the wave after this one may not start, or undefined.
 * @param statuses of the repositories in this wave; undefined for one without records
 */
export function waveBlocked(
  wave: number,
  statuses: readonly (RepositoryStatus | undefined)[],
  { maxFailed, waitMinutes }: NonNullable<Campaign['waves']>,
  now: Date,
): string | undefined {
  const count = (matches: (status: RepositoryStatus) => boolean): number =>
    statuses.filter((status) => status !== undefined && matches(status)).length;
  const red = count(({ state, checks }) => state === 'closed' || (state === 'open' && checks === 'red'));
  const since = now.getTime() - waitMinutes * 60_000;
  const isNew = ({ openedAt }: RepositoryStatus): boolean => openedAt !== undefined && Date.parse(openedAt) > since;
  const pending = count(
    (one) => one.state === 'open' && (one.checks === 'pending' || (one.checks === 'none' && isNew(one))),
  );
  const waiting = statuses.filter(
    (one) => one === undefined || one.state === 'planned' || one.state === 'failed',
  ).length;
  const asked = count(({ pullRequest }) => pullRequest !== undefined);
  if (asked > 0 && red / asked > maxFailed)
    return `wave ${wave}: ${red} of ${asked} pull requests have red checks or were closed; waves.maxFailed allows ${Math.round(maxFailed * 100)} %`;
  if (pending > 0) return `wave ${wave}: the checks of ${plural(pending, 'pull request')} are not finished`;
  if (waiting > 0) return `wave ${wave}: ${plural(waiting, 'repository is', 'repositories are')} not done`;
  return undefined;
}
