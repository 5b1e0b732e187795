import { describeError } from '../../files/disk/errors.js';
import { ForgeError, type Decoration, type Forge, type NewPullRequest, type PullRequest } from '../forges/types.js';
import { openCloneAt, readRemote, type CloneOptions, type Remote } from '../git/clone.js';
import { GitError } from '../git/errors.js';
import type { Identity } from '../git/identity.js';
import { pushBranch } from '../git/push.js';
import type { Git } from '../git/run.js';
import type { JournalEvent, RepositoryStatus } from '../journal/types.js';
import { fingerprintOf } from '../plan/plan-fingerprint.js';
import type { PlanEntry } from '../plan/types.js';
import { writeCommits } from './write-commits.js';

export interface ApplyOptions extends CloneOptions {
  readonly git: Git;
  readonly branch: string;
  readonly identity: Identity;
  /** Undefined for plain git. */
  readonly forge: Forge | undefined;
  /** From the journal; undefined without records. */
  readonly status: RepositoryStatus | undefined;
  readonly wave: number | undefined;
  /** Appends to the journal, which is on the disk when it resolves. */
  readonly record: (event: JournalEvent) => Promise<unknown>;
  /** Plans the repository again, from its current head. */
  readonly replan: () => Promise<PlanEntry>;
  readonly request: (plan: PlanEntry, base: string) => Omit<NewPullRequest, 'branch' | 'base'>;
  readonly decoration: Decoration;
  /** Tells the user of a minor problem, such as a label that could not be added. */
  readonly notice: (text: string) => void;
}

/** The repository is left as it is until the campaign is planned again. */
class Skip extends Error {}

/**
 * Makes a repository match its plan: a branch with the planned commits and, on a forge, one open pull request. Each step first checks what is there
 * already, so a run can be cut off anywhere and repeated. Errors are recorded in the journal.
 * @throws ForgeError when the forge's rate limit asks for a longer wait than the session allows
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
  const reason = describeError(error);
  if (error instanceof GitError && error.kind === 'protected')
    return { event: 'skipped', reason: `the remote refuses the branch: ${reason}` };
  return { event: error instanceof Skip ? 'skipped' : 'failed', reason };
}

async function apply(entry: PlanEntry, options: ApplyOptions): Promise<void> {
  const { forge, status, branch } = options;
  const { repository } = entry;
  const existing = await forge?.find(repository, branch);
  if (existing !== undefined && existing.state !== 'open') return recordPullRequest(existing, options);
  const remote = await readRemote(options.git, repository.url, [branch], options.config);
  const tip = remote.commits.get(branch);
  if (tip === undefined && status?.state === 'pushed' && forge === undefined)
    throw new Skip('the branch was deleted after it was pushed: it is not pushed again');
  const plan = await currentPlan(entry, remote, options);
  const fingerprint = fingerprintOf(plan);
  const upToDate = tip !== undefined && tip === status?.commit && fingerprint === status.content;
  if (!upToDate) await push(plan, { tip, fingerprint }, options);
  if (forge === undefined) return;
  await openPullRequest(plan, { existing, changed: !upToDate }, forge, options);
}

/** The plan for the current head: the given one, or a new one with the same fingerprint. @throws Skip when the fixes differ */
async function currentPlan(entry: PlanEntry, remote: Remote, { replan }: ApplyOptions): Promise<PlanEntry> {
  const head = remote.commits.get('HEAD');
  if (head === undefined) throw new Skip('the repository no longer has any commits');
  if (head === entry.head?.commit) return entry;
  const again = await replan();
  const moved = `${entry.head?.branch ?? 'the default branch'} has moved since the plan was made`;
  if (again.outcome === 'failed') throw new Error(again.reason);
  if (again.outcome !== 'fix') throw new Skip(`${moved}, and now: ${again.reason ?? 'nothing to fix'}`);
  if (fingerprintOf(again) !== fingerprintOf(entry))
    throw new Skip(`${moved}, and the fixes are now different: plan again`);
  return again;
}

async function push(
  plan: PlanEntry,
  { tip, fingerprint }: { readonly tip: string | undefined; readonly fingerprint: string },
  options: ApplyOptions,
): Promise<void> {
  const { git, branch, identity, status, config, record } = options;
  const { url } = plan.repository;
  const parent = plan.head?.commit ?? '';
  const directory = await openCloneAt(git, url, parent, options);
  const commit = await writeCommits(git, directory, { parent, commits: plan.commits }, identity);
  const known = (one: string): boolean => status?.intents.includes(one) === true;
  if (tip !== undefined && tip !== commit && !known(tip))
    throw new Skip(`the branch ${branch} has commits that dockmod did not make: it is left as it is`);
  // A branch that is there already is the campaign's own, too: another would not hold the same commit.
  if (tip !== commit || !known(commit)) await record({ event: 'pushing', branch, commit });
  if (tip !== commit) await pushBranch(git, directory, { url, branch, commit, seen: tip }, config);
  await record({ event: 'pushed', branch, commit, content: fingerprint });
}

async function openPullRequest(
  plan: PlanEntry,
  { existing, changed }: { readonly existing: PullRequest | undefined; readonly changed: boolean },
  forge: Forge,
  options: ApplyOptions,
): Promise<void> {
  const { repository } = plan;
  const { branch, status, decoration, notice } = options;
  const base = plan.head?.branch ?? '';
  const request: NewPullRequest = { branch, base, ...options.request(plan, base) };
  const open = existing ?? (await forge.open(repository, request));
  if (existing !== undefined && changed) await forge.update(repository, open.number, request);
  if (status?.pullRequest?.number !== open.number)
    for (const problem of await forge.decorate(repository, open.number, decoration))
      notice(`${repository.id}: ${problem}`);
  await recordPullRequest(open, options);
}

async function recordPullRequest({ number, url, state }: PullRequest, options: ApplyOptions): Promise<void> {
  const { record, status, wave } = options;
  const checks = status?.pullRequest?.number === number ? status.checks : 'none';
  await record({ event: 'pull-request', number, url, state, checks, wave });
}
