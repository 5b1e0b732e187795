import { pMapIterable } from 'p-map';
import type { CampaignRun } from './campaign-run.js';
import { planFile } from './campaign/session.js';
import { findRepositories, type FoundRepository } from './campaign/sources.js';
import { refuseLostRecords } from './lost-records.js';
import { writePlan } from './plan/plan-file.js';
import { NOTHING_PLANNED } from './plan/nothing-planned.js';
import type { PlanEntry } from './plan/types.js';
import { plannedEvent } from './planned-event.js';
import { isRefusal } from '../refusal.js';

/**
 * Plans every repository of the campaign and writes the plan file. Nothing is pushed.
 * @throws UsageError where the journal lost records of the plan that is there
 */
export async function planCampaign({ session, executor, state, watcher }: CampaignRun): Promise<void> {
  const { campaign, version, now } = session;
  await refuseLostRecords(session, state.statuses);
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
  return { repository, head: undefined, outcome: 'skipped', reason, ...NOTHING_PLANNED };
}
