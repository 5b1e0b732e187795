import pMap from 'p-map';
import type { CampaignRun } from './campaign-run.js';
import { planFile, type Session } from './campaign/session.js';
import type { Repository } from './forges/types.js';
import type { Book } from './journal/campaign-state.js';
import type { Standing } from './journal/types.js';
import { readPlan } from './plan/plan-file.js';

/** Asks the forges how the pull requests of the campaign stand, and writes down what is new. */
export async function refreshCampaign({ session, book, watcher }: CampaignRun): Promise<void> {
  const open: Repository[] = [];
  for await (const { repository } of (await readPlan(planFile(session))).entries())
    if (isAsked(book.standings.get(repository.id))) open.push(repository);
  watcher.total(open.length);
  await pMap(
    open,
    async (repository) => {
      watcher.begin(repository.id);
      await refreshPullRequest(session, book, repository);
      const standing = book.standings.get(repository.id);
      if (standing !== undefined) watcher.done(standing, undefined);
    },
    { concurrency: session.campaign.limits.concurrency },
  );
}

/** A merged pull request stays merged; a closed one may have been opened again by a person. */
function isAsked(standing: Standing | undefined): boolean {
  return standing?.pullRequest !== undefined && standing.state !== 'merged';
}

export async function refreshPullRequest(session: Session, book: Book, repository: Repository): Promise<void> {
  const standing = book.standings.get(repository.id);
  if (repository.forge === undefined || standing?.pullRequest === undefined || !isAsked(standing)) return;
  try {
    const forge = await session.openForge(repository.forge);
    const request = await forge.find(repository, session.campaign.branch);
    if (request === undefined) return;
    const commit = request.commit ?? standing.commit;
    const asked = request.state === 'open' && commit !== undefined;
    const checks = asked ? await forge.checks(repository, commit) : standing.checks;
    const { number, url, state } = request;
    if (state === standing.state && checks === standing.checks && number === standing.pullRequest.number) return;
    await book.record(repository.id, { event: 'pull-request', number, url, state, checks, wave: standing.wave });
  } catch (error) {
    session.notice(`${repository.id}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
