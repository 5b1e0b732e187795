import { ForgeError, type Decoration, type Forge, type NewPullRequest, type PullRequest } from '../forges/types.js';
import { openCloneAt, readRemote, type CloneOptions, type Remote } from '../git/clone.js';
import type { Identity } from '../git/identity.js';
import { pushBranch } from '../git/push.js';
import { GitError, type Git } from '../git/run.js';
import type { JournalEvent, Standing } from '../journal/types.js';
import { contentOf } from '../plan/plan-fingerprint.js';
import type { PlanEntry } from '../plan/types.js';
import { writeCommits } from './write-commits.js';

export interface ApplyOptions extends CloneOptions {
  readonly git: Git;
  readonly branch: string;
  readonly identity: Identity;
  /** Undefined for plain git. */
  readonly forge: Forge | undefined;
  /** What the journal knows of the repository. */
  readonly standing: Standing | undefined;
  readonly wave: number | undefined;
  /** Writes down what has happened; on the disk when it resolves. */
  readonly record: (event: JournalEvent) => Promise<unknown>;
  /** Makes the plan of a repository anew, from its head as it is by now. */
  readonly replan: () => Promise<PlanEntry>;
  readonly request: (plan: PlanEntry, base: string) => Omit<NewPullRequest, 'branch' | 'base'>;
  readonly decoration: Decoration;
  /** Told of what went wrong beside the main thing: a label that could not be put on. */
  readonly notice: (text: string) => void;
}

/** The repository is left as it is, for good. */
class Skip extends Error {}

/**
 * Brings a repository to where its plan wants it: a branch at the planned commits and, on a forge, one open pull request. Looks first what is
 * there already, so that it can be cut off anywhere and done again. What goes wrong ends in the journal.
 * @throws ForgeError when the forge asks to wait longer than one repository is worth
 */
export async function applyRepository(entry: PlanEntry, options: ApplyOptions): Promise<void> {
  try {
    await apply(entry, options);
  } catch (error) {
    if (error instanceof ForgeError && error.kind === 'rate-limit') throw error;
    await options.record(failureEvent(error));
  }
}

function failureEvent(error: unknown): JournalEvent {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof GitError && error.kind === 'protected')
    return { event: 'skipped', reason: `the remote does not take the branch: ${reason}` };
  return { event: error instanceof Skip ? 'skipped' : 'failed', reason };
}

async function apply(entry: PlanEntry, options: ApplyOptions): Promise<void> {
  const { forge, standing, branch } = options;
  const { repository } = entry;
  const existing = await forge?.find(repository, branch);
  if (existing !== undefined && existing.state !== 'open') return recordPullRequest(existing, options);
  const remote = await readRemote(options.git, repository.url, [branch], options.config);
  const tip = remote.commits.get(branch);
  if (tip === undefined && standing?.state === 'pushed' && forge === undefined)
    throw new Skip('its branch was taken away after it was pushed: it is not pushed again');
  const plan = await currentPlan(entry, remote, options);
  const content = contentOf(plan);
  const settled = tip !== undefined && tip === standing?.commit && content === standing.content;
  if (!settled) await push(plan, { tip, content }, options);
  if (forge === undefined) return;
  await openPullRequest(plan, { existing, changed: !settled }, forge, options);
}

/** The plan, if the head is where it was made or its fixes come out the same where the head is now. */
async function currentPlan(entry: PlanEntry, remote: Remote, { replan }: ApplyOptions): Promise<PlanEntry> {
  const head = remote.commits.get('HEAD');
  if (head === undefined) throw new Skip('the repository has no commits any more');
  if (head === entry.head?.commit) return entry;
  const again = await replan();
  const moved = `${entry.head?.branch ?? 'the default branch'} has moved since the plan was made`;
  if (again.outcome === 'failed') throw new Error(again.reason);
  if (again.outcome !== 'fix') throw new Skip(`${moved}, and now: ${again.reason ?? 'nothing to fix'}`);
  if (contentOf(again) !== contentOf(entry))
    throw new Skip(`${moved}, and its fixes no longer come out the same: plan again`);
  return again;
}

async function push(
  plan: PlanEntry,
  { tip, content }: { readonly tip: string | undefined; readonly content: string },
  options: ApplyOptions,
): Promise<void> {
  const { git, branch, identity, standing, config, record } = options;
  const { url } = plan.repository;
  const parent = plan.head?.commit ?? '';
  const directory = await openCloneAt(git, url, parent, options);
  const commit = await writeCommits(git, directory, { parent, commits: plan.commits }, identity);
  if (tip !== commit) {
    if (tip !== undefined && standing?.intents.includes(tip) !== true)
      throw new Skip(`the branch ${branch} has commits that are not dockmod's: it is left as it is`);
    await record({ event: 'pushing', branch, commit });
    await pushBranch(git, directory, { url, branch, commit, seen: tip }, config);
  }
  await record({ event: 'pushed', branch, commit, content });
}

async function openPullRequest(
  plan: PlanEntry,
  { existing, changed }: { readonly existing: PullRequest | undefined; readonly changed: boolean },
  forge: Forge,
  options: ApplyOptions,
): Promise<void> {
  const { repository } = plan;
  const { branch, standing, decoration, notice } = options;
  const base = plan.head?.branch ?? '';
  const request: NewPullRequest = { branch, base, ...options.request(plan, base) };
  const open = existing ?? (await forge.open(repository, request));
  if (existing !== undefined && changed) await forge.update(repository, open.number, request);
  if (standing?.pullRequest?.number !== open.number)
    for (const problem of await forge.decorate(repository, open.number, decoration))
      notice(`${repository.id}: ${problem}`);
  await recordPullRequest(open, options);
}

async function recordPullRequest({ number, url, state }: PullRequest, options: ApplyOptions): Promise<void> {
  const { record, standing, wave } = options;
  const checks = standing?.pullRequest?.number === number ? standing.checks : 'none';
  await record({ event: 'pull-request', number, url, state, checks, wave });
}
