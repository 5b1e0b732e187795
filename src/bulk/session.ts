import type { Git, GitCall } from './git/run.js';
import type { Campaign } from './campaign/load.js';
import type { PlanOptions } from './plan/plan-repository.js';
import { renderTemplate } from './template.js';
import type { Forge, ForgeAddress, Repository } from './types.js';
import { join } from 'node:path';

/** What the commands of a campaign work with: made by the command line, from the environment. */
export interface Session {
  readonly campaign: Campaign;
  readonly git: Git;
  /** The forge at an address, with its token. */
  openForge(address: ForgeAddress): Promise<Forge>;
  /** Configuration for git that holds credentials for a repository. */
  credentials(repository: Repository): Promise<GitCall['config']>;
  readonly now: () => Date;
  readonly version: string;
  readonly signal?: AbortSignal | undefined;
}

export const journalFile = ({ campaign }: Pick<Session, 'campaign'>): string => join(campaign.home, 'journal.jsonl');
export const planFile = ({ campaign }: Pick<Session, 'campaign'>): string => join(campaign.home, 'plan.jsonl');
export const cloneFolder = ({ campaign }: Pick<Session, 'campaign'>): string => join(campaign.home, 'clones');

const MESSAGE_OF_ONE = 'Fix Dockerfiles\n\n{{fixes.count}} by dockmod.';
const MESSAGE_OF_TRANSFORM = 'Dockerfiles: {{transform}}\n\n{{fixes.count}} by dockmod.';

/** How a repository of the campaign is planned. */
export async function planOptions(session: Session, repository: Repository, author: string): Promise<PlanOptions> {
  const { campaign, git } = session;
  const { style = 'one', message, signOff = false } = campaign.commit;
  const trailers = signOff ? `\n\nSigned-off-by: ${author}\n` : '\n';
  return {
    git,
    cache: cloneFolder(session),
    config: await session.credentials(repository),
    choice: { settings: campaign.settings, catalogue: campaign.catalogue },
    commits: style,
    message: ({ transform, fixes }) => {
      const values = {
        transform: transform ?? '',
        'fixes.count': fixes === 1 ? '1 fix' : `${fixes} fixes`,
        campaign: campaign.name,
        repository: repository.path,
      };
      const text = message ?? (transform === undefined ? MESSAGE_OF_ONE : MESSAGE_OF_TRANSFORM);
      return renderTemplate(text, values).trimEnd() + trailers;
    },
  };
}
