import { pMapIterable } from 'p-map';
import type { CampaignRun } from './campaign-run.js';
import { planFile } from './campaign/session.js';
import { findRepositories, type FoundRepository } from './campaign/sources.js';
import type { JournalEvent } from './journal/types.js';
import { writePlan } from './plan/plan-file.js';
import type { PlanEntry } from './plan/types.js';
import { isRefusal } from '../refusal.js';

/** Plans every repository of the campaign and writes the plan file. Nothing is pushed. */
export async function planCampaign({ session, executor, state, watcher }: CampaignRun): Promise<void> {
  const { campaign, version, now } = session;
  const found: FoundRepository[] = [];
  for await (const one of findRepositories(campaign, (address) => session.openForge(address))) found.push(one);
  watcher.total(found.length);
  const entries = pMapIterable(
    found,
    async ({ id, repository }) => {
      watcher.begin(id);
      const entry = isRefusal(repository) ? missing(id, repository.reason) : await executor.plan(repository);
      watcher.done(await state.record(id, plannedEvent(entry)), entry);
      return entry;
    },
    { concurrency: campaign.limits.concurrency },
  );
  await writePlan(
    planFile(session),
    { dockmod: version, campaign: campaign.name, createdAt: now().toISOString() },
    entries,
  );
}

function missing(id: string, reason: string): PlanEntry {
  const repository = { id, url: '', forge: undefined, path: id, defaultBranch: undefined };
  const empty = { commits: [], diff: '', fixes: [], leftAlone: [], problems: [] };
  return { repository, head: undefined, outcome: 'skipped', reason, ...empty };
}

function plannedEvent({ outcome, reason = '', head, commits, fixes }: PlanEntry): JournalEvent {
  if (outcome !== 'fix') return { event: outcome, reason };
  const files = new Set(commits.flatMap((commit) => commit.files.map(({ path }) => path))).size;
  const byTransform: Record<string, number> = {};
  for (const { transform } of fixes) byTransform[transform] = (byTransform[transform] ?? 0) + 1;
  return { event: 'planned', head: head?.commit ?? '', files, fixes: byTransform };
}
