import pMap from 'p-map';
import { openGate, type Gate } from './apply/limits.js';
import { waveBlocked, waveOf } from './apply/waves.js';
import type { CampaignRun } from './campaign-run.js';
import { planFile, type Session } from './campaign/session.js';
import { ForgeError } from './forges/types.js';
import type { JournalEvent, RepositoryStatus } from './journal/types.js';
import { readPlan, type PlanFile } from './plan/plan-file.js';
import { fingerprintOf } from './plan/plan-fingerprint.js';
import type { PlanEntry } from './plan/types.js';
import { refreshPullRequest } from './refresh-campaign.js';

export interface ApplyResult {
  /** Number of repositories left for a later run. */
  readonly waiting: number;
  /** Why they wait; undefined when none does. */
  readonly reason: string | undefined;
}

interface Task {
  readonly entry: PlanEntry;
  readonly wave: number | undefined;
}

/**
 * Applies the plan, one wave after the other, as far as limits and checks allow.
 * @param update also bring pull requests that are already open up to date
 */
export async function applyCampaign(
  run: CampaignRun,
  { update = false }: { readonly update?: boolean } = {},
): Promise<ApplyResult> {
  const { session, watcher } = run;
  const plan = await readPlan(planFile(session));
  const ids = await idsByWave(plan, session);
  watcher.total([...ids.values()].flat().length);
  const steps = new ApplySteps(run, plan.header.createdAt, update);
  for (const wave of ids.keys()) {
    const blocked = await steps.whyNotYet(plan, ids, wave);
    if (blocked !== undefined) steps.stop(blocked);
    await pMap(tasksOf(plan, session, wave), (task) => steps.apply(task), {
      concurrency: session.campaign.limits.concurrency,
      stopOnError: true,
    });
  }
  return steps.result();
}

/** Ids of the repositories with something to push, by wave; all under one key where there are no waves. */
async function idsByWave(
  plan: PlanFile,
  session: Session,
): Promise<ReadonlyMap<number | undefined, readonly string[]>> {
  const ids = new Map<number | undefined, string[]>();
  for await (const { entry, wave } of allTasks(plan, session)) {
    const same = ids.get(wave);
    if (same === undefined) ids.set(wave, [entry.repository.id]);
    else same.push(entry.repository.id);
  }
  return ids;
}

async function* allTasks(plan: PlanFile, { campaign }: Session): AsyncGenerator<Task> {
  let index = 0;
  for await (const entry of plan.entries())
    if (entry.outcome === 'fix') yield { entry, wave: waveOf(index++, campaign.waves) };
}

async function* tasksOf(plan: PlanFile, session: Session, wave: number | undefined): AsyncGenerator<Task> {
  for await (const task of allTasks(plan, session)) if (task.wave === wave) yield task;
}

class ApplySteps {
  private readonly gate: Gate;
  private waiting = 0;
  private reason: string | undefined;

  constructor(
    private readonly run: CampaignRun,
    private readonly plannedAt: string,
    private readonly update: boolean,
  ) {
    const { session, state } = run;
    this.gate = openGate(session.campaign.limits, state.statuses, session.now);
  }

  stop(reason: string): void {
    this.reason ??= reason;
  }

  result(): ApplyResult {
    return { waiting: this.waiting, reason: this.reason };
  }

  /** Why a wave may not start: looks at the checks of the wave before it. */
  async whyNotYet(
    plan: PlanFile,
    ids: ReadonlyMap<number | undefined, readonly string[]>,
    wave: number | undefined,
  ): Promise<string | undefined> {
    const { session, state } = this.run;
    const { campaign } = session;
    if (wave === undefined || wave === 1 || campaign.waves === undefined || this.reason !== undefined) return undefined;
    const before = ids.get(wave - 1) ?? [];
    await pMap(tasksOf(plan, session, wave - 1), ({ entry }) => refreshPullRequest(session, state, entry.repository), {
      concurrency: campaign.limits.concurrency,
    });
    return waveBlocked(
      wave - 1,
      before.map((id) => state.statuses.get(id)),
      campaign.waves,
      session.now(),
    );
  }

  async apply({ entry, wave }: Task): Promise<void> {
    const { executor, state, watcher } = this.run;
    const { repository } = entry;
    const before = state.statuses.get(repository.id);
    if (!needsWork(entry, before, this.update)) {
      if (before !== undefined) watcher.done(before, entry);
      return;
    }
    const opens = repository.forge !== undefined && before?.pullRequest === undefined;
    const closed = this.reason ?? (opens ? this.gate.enter(repository) : undefined);
    if (closed !== undefined) {
      this.waiting++;
      this.stop(closed);
      return;
    }
    watcher.begin(repository.id);
    const record = (event: JournalEvent): Promise<RepositoryStatus> => state.record(repository.id, event);
    try {
      await executor.apply({ entry, status: before, wave, plannedAt: this.plannedAt }, record);
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      await record({ event: 'failed', reason: error.message });
      this.stop(error.message);
    }
    const after = state.statuses.get(repository.id);
    if (opens) this.gate.done(repository, after?.pullRequest !== undefined);
    if (after !== undefined) watcher.done(after, entry);
  }
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
