import pMap from 'p-map';
import { describeError } from '../files/disk/errors.js';
import type { CampaignRun } from './campaign-run.js';
import { planFile, type Session } from './campaign/session.js';
import type { Repository } from './forges/types.js';
import type { CampaignState } from './journal/campaign-state.js';
import type { RepositoryStatus } from './journal/types.js';
import { tellLostRecords } from './lost-records.js';
import { readPlan } from './plan/plan-file.js';

/** Asks the forges for the state of the campaign's pull requests, and records what changed. */
export async function refreshCampaign({ session, state, watcher }: CampaignRun): Promise<void> {
  const ids: string[] = [];
  const open: Repository[] = [];
  for await (const { repository } of (await readPlan(planFile(session))).entries()) {
    ids.push(repository.id);
    if (isAsked(state.statuses.get(repository.id))) open.push(repository);
  }
  tellLostRecords(session, ids, state.statuses);
  watcher.total(open.length);
  await pMap(
    open,
    async (repository) => {
      watcher.begin(repository.id);
      await refreshPullRequest(session, state, repository);
      const status = state.statuses.get(repository.id);
      if (status !== undefined) watcher.done(status, undefined);
    },
    { concurrency: session.campaign.limits.concurrency },
  );
}

/** A merged pull request stays merged; a closed one may have been reopened by a person. */
function isAsked(status: RepositoryStatus | undefined): boolean {
  return status?.pullRequest !== undefined && status.state !== 'merged';
}

/** Records the state and checks of a repository's pull request when they changed. An error is a notice: the next run asks again. */
export async function refreshPullRequest(
  session: Session,
  state: CampaignState,
  repository: Repository,
): Promise<void> {
  const status = state.statuses.get(repository.id);
  if (repository.forge === undefined || status?.pullRequest === undefined || !isAsked(status)) return;
  try {
    const forge = await session.openForge(repository.forge);
    const request = await forge.find(repository, session.campaign.branch);
    if (request === undefined) return;
    const commit = request.commit ?? status.commit;
    const asked = request.state === 'open' && commit !== undefined;
    const checks = asked ? await forge.checks(repository, commit) : status.checks;
    const { number, url } = request;
    if (request.state === status.state && checks === status.checks && number === status.pullRequest.number) return;
    const seen = { number, url, state: request.state, checks, wave: status.wave };
    await state.record(repository.id, { event: 'pull-request', ...seen });
  } catch (error) {
    session.notice(`${repository.id}: ${describeError(error)}`);
  }
}
