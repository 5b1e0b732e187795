import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import type { Campaign } from '../../bulk/campaign/load.js';
import type { Session } from '../../bulk/campaign/session.js';
import { gitCredentials } from '../../bulk/forges/git-credentials.js';
import { tokenFor } from '../../bulk/forges/tokens.js';
import type { Forge, ForgeAddress } from '../../bulk/forges/types.js';
import { openGit } from '../../bulk/git/run.js';

export interface SessionOptions {
  /** Folder for clones; default: in the campaign's folder. */
  readonly cache?: string | undefined;
  readonly notice: (text: string) => void;
  /** Longest wait, in seconds, when a forge asks for one; default: an hour and a minute. */
  readonly maxWait?: number;
  /** Seconds that a Dockerfile may take. */
  readonly fileTimeout?: number | undefined;
}

/** Opens git and the forges of a campaign, with the tokens in the environment of this process. */
export function openSession(campaign: Campaign, { cache, notice, maxWait, fileTimeout }: SessionOptions): Session {
  const { env } = process;
  const secrets: string[] = [];
  const git = openGit({ env, secrets });
  const tokens = new Map<string, Promise<string | undefined>>();
  const forges = new Map<string, Promise<Forge>>();
  const tokenOf = async (address: ForgeAddress): Promise<string | undefined> => {
    const known = tokens.get(address.api) ?? tokenFor(address, env, git);
    tokens.set(address.api, known);
    const token = await known;
    if (token !== undefined && !secrets.includes(token)) secrets.push(token);
    return token;
  };
  return {
    campaign,
    git,
    cache: cache ?? join(campaign.home, 'clones'),
    now: () => new Date(),
    version: manifest.version,
    notice,
    fileTimeout,
    credentials: async (repository) =>
      gitCredentials(repository, repository.forge && (await tokenOf(repository.forge))),
    openForge(address) {
      const known = forges.get(address.api) ?? open(address);
      forges.set(address.api, known);
      return known;
    },
  };

  async function open(address: ForgeAddress): Promise<Forge> {
    const { openForge } = await import('../../bulk/forges/index.js');
    const token = await tokenOf(address);
    const onWait = (seconds: number, reason: string): void =>
      notice(`${address.host}: ${reason}; waiting ${seconds} s`);
    return openForge(address, { token, fetch, version: manifest.version, onWait, onNotice: notice, maxWait });
  }
}
