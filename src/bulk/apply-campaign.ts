import pMap from 'p-map';
import { openGate, type Gate } from './apply/limits.js';
import { idsByWave, tasksOfWave, waveBlocked, type Task } from './apply/waves.js';
import type { CampaignRun } from './campaign-run.js';
import { planFile } from './campaign/session.js';
import { ForgeError } from './forges/types.js';
import type { JournalEvent, RepositoryStatus } from './journal/types.js';
import { readPlan, type PlanFile } from './plan/plan-file.js';
import { fingerprintOf } from './plan/plan-fingerprint.js';
import type { PlanEntry } from './plan/types.js';
import { lacksPlan, tellLostRecords } from './lost-records.js';
import { plannedEvent } from './planned-event.js';
import { refreshPullRequest } from './refresh-campaign.js';

export interface ApplyResult {
  /** Number of repositories left for a later run. */
  readonly waiting: number;
  /** Why they wait; undefined when none does. */
  readonly reason: string | undefined;
}

/** One run over the plan. */
interface Pass extends CampaignRun {
  readonly plan: PlanFile;
  readonly gate: Gate;
  readonly update: boolean;
  waiting: number;
  /** Why no more pull requests are opened in this pass. */
  stopped: string | undefined;
}

/**
 * Applies the plan, one wave after the other, as far as limits and checks allow.
 * @param update also bring pull requests that are already open up to date
 */
export async function applyCampaign(
  run: CampaignRun,
  { update = false }: { readonly update?: boolean } = {},
): Promise<ApplyResult> {
  const { session, state, watcher } = run;
  const { limits, waves } = session.campaign;
  const plan = await readPlan(planFile(session));
  const ids = await idsByWave(plan, waves);
  const all = [...ids.values()].flat();
  watcher.total(all.length);
  tellLostRecords(session, all, state.statuses);
  const gate = openGate(limits, state.statuses, session.now);
  const pass: Pass = { ...run, plan, gate, update, waiting: 0, stopped: undefined };
  for (const wave of ids.keys()) {
    if (wave !== undefined && wave > 1) pass.stopped ??= await checkWave(pass, wave - 1, ids.get(wave - 1) ?? []);
    await pMap(tasksOfWave(plan, waves, wave), (task) => applyTask(pass, task), {
      concurrency: limits.concurrency,
      stopOnError: true,
    });
  }
  return { waiting: pass.waiting, reason: pass.stopped };
}

/** Why the wave after this one may not start, by the checks of its pull requests. */
async function checkWave(
  { session, state, plan }: Pass,
  wave: number,
  ids: readonly string[],
): Promise<string | undefined> {
  const { limits, waves } = session.campaign;
  if (waves === undefined) return undefined;
  await pMap(tasksOfWave(plan, waves, wave), ({ entry }) => refreshPullRequest(session, state, entry.repository), {
    concurrency: limits.concurrency,
  });
  const statuses = ids.map((id) => state.statuses.get(id));
  return waveBlocked(wave, statuses, waves, session.now());
}

async function applyTask(pass: Pass, { entry, wave }: Task): Promise<void> {
  const { executor, state, watcher, gate, plan } = pass;
  const { repository } = entry;
  if (lacksPlan(entry, state.statuses.get(repository.id))) await state.record(repository.id, plannedEvent(entry));
  const before = state.statuses.get(repository.id);
  if (!needsWork(entry, before, pass.update)) {
    if (before !== undefined) watcher.done(before, entry);
    return;
  }
  const opens = repository.forge !== undefined && before?.pullRequest === undefined;
  pass.stopped ??= opens ? gate.enter(repository) : undefined;
  if (pass.stopped !== undefined) {
    pass.waiting++;
    return;
  }
  watcher.begin(repository.id);
  const record = (event: JournalEvent): Promise<RepositoryStatus> => state.record(repository.id, event);
  try {
    await executor.apply({ entry, status: before, wave, plannedAt: plan.header.createdAt }, record);
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    await record({ event: 'failed', reason: error.message });
    pass.stopped ??= error.message;
  }
  const after = state.statuses.get(repository.id);
  if (opens) gate.done(repository, after?.pullRequest !== undefined);
  if (after !== undefined) watcher.done(after, entry);
}

/** False for repositories that are done, or were left alone for a reason; applying the same plan again does not change them. */
function needsWork(entry: PlanEntry, status: RepositoryStatus | undefined, update: boolean): boolean {
  switch (status?.state) {
    case 'merged':
    case 'closed':
    case 'skipped':
    case 'nothing':
      return false;
    case 'open':
      return update || status.content !== fingerprintOf(entry);
    case 'pushed':
      return entry.repository.forge !== undefined || update || status.content !== fingerprintOf(entry);
    default:
      return true;
  }
}
