import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { credentialSource } from '../../bulk/campaign/credentials.js';
import type { Campaign } from '../../bulk/campaign/load.js';
import type { Session } from '../../bulk/campaign/session.js';
import { refusesHttp } from '../../bulk/forges/plain-http.js';
import { tokenFor } from '../../bulk/forges/tokens.js';
import { ForgeError, type Forge, type ForgeAddress } from '../../bulk/forges/types.js';
import { followRenames } from '../../bulk/git/redirects.js';
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
  const git = followRenames(openGit({ env, secrets }));
  const tokens = new Map<string, Promise<string | undefined>>();
  const forges = new Map<string, Promise<Forge>>();
  const secret = (text: string): void => {
    if (!secrets.includes(text)) secrets.push(text);
  };
  const tokenOf = async (address: ForgeAddress): Promise<string | undefined> => {
    const known = tokens.get(address.api) ?? tokenFor(address, env, git);
    tokens.set(address.api, known);
    const token = await known;
    if (token !== undefined) secret(token);
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
    credentials: credentialSource({ campaign, tokenOf, secret, notice }),
    openForge(address) {
      const known = forges.get(address.api) ?? open(address);
      forges.set(address.api, known);
      return known;
    },
  };

  async function open(address: ForgeAddress): Promise<Forge> {
    const { openForge } = await import('../../bulk/forges/index.js');
    const token = await tokenOf(address);
    const named = campaign.forges.find(({ kind, host }) => kind === address.kind && host === address.host);
    const refused = token === undefined ? undefined : refusesHttp(address.api, named?.allowHttp);
    if (refused !== undefined) throw new ForgeError(refused, 'denied');
    const onWait = (seconds: number, reason: string): void =>
      notice(`${address.host}: ${reason}; waiting ${seconds} s`);
    return openForge(address, { token, fetch, version: manifest.version, onWait, onNotice: notice, maxWait });
  }
}
