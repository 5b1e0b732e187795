import pLimit from 'p-limit';
import { applyRepository } from './apply/apply-repository.js';
import { pullRequestBody } from './apply/pull-request-body.js';
import { renderTemplate, sharedValues } from './campaign/message-template.js';
import type { Session } from './campaign/session.js';
import type { NewPullRequest, Repository } from './forges/types.js';
import { readIdentity, type Identity } from './git/identity.js';
import type { JournalEvent, RepositoryStatus } from './journal/types.js';
import { planRepository, type PlanOptions } from './plan/plan-repository.js';
import type { PlanEntry } from './plan/types.js';

/** A repository to apply the plan to. */
export interface ApplyWork {
  readonly entry: PlanEntry;
  readonly status: RepositoryStatus | undefined;
  readonly wave: number | undefined;
  /** ISO 8601: when the plan was made. */
  readonly plannedAt: string;
}

/** Does the work on one repository: in this process, or on the machine that takes it from a queue. */
export interface Executor {
  plan(repository: Repository): Promise<PlanEntry>;
  /** @param record writes to the journal */
  apply(work: ApplyWork, record: (event: JournalEvent) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** Works in this process. */
export function localExecutor(session: Session): Executor {
  const limit = pLimit(session.campaign.limits.clones);
  let identity: Promise<Identity> | undefined;
  const identityAt = (plannedAt: string): Promise<Identity> =>
    (identity ??= readIdentity(session.git, session.campaign.commit.author, Math.floor(Date.parse(plannedAt) / 1000)));
  return {
    plan: (repository) => limit(async () => planRepository(repository, await planOptions(session, repository))),
    apply: (work, record) => limit(() => apply(session, work, identityAt(work.plannedAt), record)),
    close: () => Promise.resolve(),
  };
}

async function apply(
  session: Session,
  { entry, status, wave }: ApplyWork,
  identity: Promise<Identity>,
  record: (event: JournalEvent) => Promise<unknown>,
): Promise<void> {
  const { campaign, git, cache } = session;
  const { repository } = entry;
  const { labels = [], reviewers = [], assignees = [] } = campaign.pullRequest;
  await applyRepository(entry, {
    git,
    cache,
    status,
    wave,
    record,
    branch: campaign.branch,
    identity: await identity,
    config: await session.credentials(repository),
    forge: repository.forge && (await session.openForge(repository.forge)),
    replan: async () => planRepository(repository, await planOptions(session, repository)),
    request: (plan) => requestOf(session, plan),
    decoration: { labels, reviewers, assignees },
    notice: session.notice,
  });
}

const MESSAGE_OF_ONE = 'Fix Dockerfiles\n\n{{fixes.count}} by dockmod.';
const MESSAGE_OF_TRANSFORM = 'Dockerfiles: {{transform}}\n\n{{fixes.count}} by dockmod.';
const TITLE = 'Fix Dockerfiles: {{fixes.count}}';

/** Settings, credentials and commit messages for the plan of a repository. */
async function planOptions(session: Session, repository: Repository): Promise<PlanOptions> {
  const { campaign, git, cache } = session;
  const { style = 'one', message, signOff = false, author } = campaign.commit;
  const signer = signOff ? (await readIdentity(git, author, 0)).author : undefined;
  const trailer = signer === undefined ? '\n' : `\n\nSigned-off-by: ${signer}\n`;
  return {
    git,
    cache,
    config: await session.credentials(repository),
    choice: { settings: campaign.settings, catalogue: campaign.catalogue, fileTimeout: session.fileTimeout },
    commits: style,
    message: ({ transform, fixes, files }) => {
      const shared = sharedValues({ campaign: campaign.name, repository: repository.path, fixes, files });
      const text = message ?? (transform === undefined ? MESSAGE_OF_ONE : MESSAGE_OF_TRANSFORM);
      return renderTemplate<'commit'>(text, { ...shared, transform: transform ?? '' }).trimEnd() + trailer;
    },
  };
}

function requestOf({ campaign }: Session, entry: PlanEntry): Omit<NewPullRequest, 'branch' | 'base'> {
  const { title = TITLE, body, draft = false, docs } = campaign.pullRequest;
  const values = sharedValues({
    campaign: campaign.name,
    repository: entry.repository.path,
    fixes: entry.fixes.length,
    files: new Set(entry.fixes.map(({ path }) => path)).size,
  });
  return {
    title: renderTemplate<'title'>(title, values),
    body: pullRequestBody(entry, { values, template: body, docs }),
    draft,
  };
}
