import pMap from 'p-map';
import type { CampaignRun } from './campaign-run.js';
import { planFile } from './campaign/session.js';
import { openCloneAt } from './git/clone.js';
import { deleteBranch } from './git/push.js';
import type { Standing } from './journal/types.js';
import { readPlan } from './plan/plan-file.js';
import type { PlanEntry } from './plan/types.js';

export interface CloseOptions {
  /** Take the branches away, too, where they hold nothing but the campaign's commits. */
  readonly deleteBranches: boolean;
  readonly comment: string;
}

/** Closes the open pull requests of a campaign. */
export async function closeCampaign(run: CampaignRun, options: CloseOptions): Promise<void> {
  const { session, book, watcher } = run;
  const entries: PlanEntry[] = [];
  for await (const entry of (await readPlan(planFile(session))).entries())
    if (isThere(book.standings.get(entry.repository.id), options)) entries.push({ ...entry, diff: '' });
  watcher.total(entries.length);
  await pMap(entries, (entry) => closeOne(run, entry, options), {
    concurrency: session.campaign.limits.concurrency,
  });
}

function isThere(standing: Standing | undefined, { deleteBranches }: CloseOptions): boolean {
  return standing?.state === 'open' || (deleteBranches && standing?.state === 'pushed');
}

async function closeOne(
  { session, book, watcher }: CampaignRun,
  { repository, head }: PlanEntry,
  { comment, deleteBranches }: CloseOptions,
): Promise<void> {
  watcher.begin(repository.id);
  const standing = book.standings.get(repository.id);
  try {
    if (repository.forge !== undefined && standing?.pullRequest !== undefined && standing.state === 'open')
      await (await session.openForge(repository.forge)).close(repository, standing.pullRequest.number, comment);
    if (deleteBranches && standing?.commit !== undefined && standing.branch !== undefined) {
      const config = await session.credentials(repository);
      const directory = await openCloneAt(session.git, repository.url, head?.commit ?? '', {
        cache: session.cache,
        config,
      });
      const { url } = repository;
      await deleteBranch(session.git, directory, { url, branch: standing.branch, seen: standing.commit }, config);
    }
    await book.record(repository.id, { event: 'withdrawn', reason: 'closed by the campaign' });
  } catch (error) {
    session.notice(`${repository.id}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const after = book.standings.get(repository.id);
  if (after !== undefined) watcher.done(after, undefined);
}
