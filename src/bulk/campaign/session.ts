import { join } from 'node:path';
import type { Forge, ForgeAddress, Repository } from '../forges/types.js';
import type { Git, GitCall } from '../git/run.js';
import type { Campaign } from './load.js';

/** What the commands of a campaign work with. The command line makes it from the environment. */
export interface Session {
  readonly campaign: Campaign;
  readonly git: Git;
  /** Where clones are kept. */
  readonly cache: string;
  /** The forge at an address, with its token. */
  openForge(address: ForgeAddress): Promise<Forge>;
  /** Configuration for git that holds credentials for a repository. */
  credentials(repository: Repository): Promise<GitCall['config']>;
  readonly now: () => Date;
  readonly version: string;
  /** Seconds that a Dockerfile may take; default: see `Job`. */
  readonly fileTimeout?: number | undefined;
  /** Tells the user something that does not stop the run. */
  readonly notice: (text: string) => void;
}

type Home = Pick<Session, 'campaign'>;
export const journalFile = ({ campaign }: Home): string => join(campaign.home, 'journal.jsonl');
export const planFile = ({ campaign }: Home): string => join(campaign.home, 'plan.jsonl');
