import pMap from 'p-map';
import { describeError } from '../files/disk/errors.js';
import type { CampaignRun } from './campaign-run.js';
import { planFile } from './campaign/session.js';
import { openCloneAt } from './git/clone.js';
import { deleteBranch } from './git/push.js';
import type { RepositoryStatus } from './journal/types.js';
import { tellLostRecords } from './lost-records.js';
import { readPlan } from './plan/plan-file.js';
import type { PlanEntry } from './plan/types.js';

export interface CloseOptions {
  /** Also delete the branches that still hold what the campaign pushed last. */
  readonly deleteBranches: boolean;
  readonly comment: string;
}

/** Closes the open pull requests of a campaign. */
export async function closeCampaign(run: CampaignRun, options: CloseOptions): Promise<void> {
  const { session, state, watcher } = run;
  const ids: string[] = [];
  const entries: PlanEntry[] = [];
  for await (const entry of (await readPlan(planFile(session))).entries()) {
    ids.push(entry.repository.id);
    if (canClose(state.statuses.get(entry.repository.id), options)) entries.push({ ...entry, diff: '' });
  }
  tellLostRecords(session, ids, state.statuses);
  watcher.total(entries.length);
  await pMap(entries, (entry) => closeOne(run, entry, options), {
    concurrency: session.campaign.limits.concurrency,
  });
}

function canClose(status: RepositoryStatus | undefined, { deleteBranches }: CloseOptions): boolean {
  return status?.state === 'open' || (deleteBranches && status?.state === 'pushed');
}

async function closeOne(
  { session, state, watcher }: CampaignRun,
  { repository, head }: PlanEntry,
  { comment, deleteBranches }: CloseOptions,
): Promise<void> {
  watcher.begin(repository.id);
  const status = state.statuses.get(repository.id);
  try {
    if (repository.forge !== undefined && status?.pullRequest !== undefined && status.state === 'open')
      await (await session.openForge(repository.forge)).close(repository, status.pullRequest.number, comment);
    if (deleteBranches && status?.commit !== undefined && status.branch !== undefined) {
      const config = await session.credentials(repository);
      const directory = await openCloneAt(session.git, repository.url, head?.commit ?? '', {
        cache: session.cache,
        config,
      });
      const { url } = repository;
      await deleteBranch(session.git, directory, { url, branch: status.branch, seen: status.commit }, config);
    }
    await state.record(repository.id, { event: 'withdrawn', reason: 'closed by the campaign' });
  } catch (error) {
    session.notice(`${repository.id}: ${describeError(error)}`);
  }
  const after = state.statuses.get(repository.id);
  if (after !== undefined) watcher.done(after, undefined);
}
