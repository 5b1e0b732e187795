import { resolve } from 'node:path';
import { hostOfUrl, repositoryOfUrl } from '../forges/addresses.js';
import { basicCredentials, gitCredentials } from '../forges/git-credentials.js';
import { refusesHttp } from '../forges/plain-http.js';
import type { ForgeAddress, Repository } from '../forges/types.js';
import type { GitCall } from '../git/run.js';
import type { Campaign } from './load.js';
import { readList } from './sources.js';

interface User {
  readonly user: string;
  /** Empty when the URL has none: git's credential helper is asked for it. */
  readonly password: string;
}

export interface CredentialOptions {
  readonly campaign: Campaign;
  readonly tokenOf: (forge: ForgeAddress) => Promise<string | undefined>;
  /** Receives what messages must not show. */
  readonly secret: (text: string) => void;
  readonly notice: (text: string) => void;
}

/**
 * Git configuration with the credentials for a repository. A user in the campaign's URL goes before a token. A token is sent to the host of its own
 * forge alone, whatever URL a forge or a plan gives for a repository, and not over plain http.
 */
export function credentialSource(options: CredentialOptions): (repository: Repository) => Promise<GitCall['config']> {
  const { campaign, tokenOf, secret } = options;
  const told = new Set<string>();
  const notice = (text: string): void => {
    if (!told.has(text)) options.notice(text);
    told.add(text);
  };
  let users: ReadonlyMap<string, User> | undefined;
  return async (repository) => {
    const { url } = repository;
    if (!/^https?:/.test(url)) return [];
    const { forge } = repositoryOfUrl(url, campaign.forges);
    const own = repository.ownUser === true ? (users ??= usersOf(campaign)).get(url) : undefined;
    if (repository.ownUser === true && own === undefined) return [];
    const refused = refusesHttp(url, forge?.allowHttp);
    if (own !== undefined) {
      secret(own.password);
      if (own.password === '') return [[`credential.${new URL(url).origin}.username`, own.user]];
      if (refused === undefined) return basicCredentials(url, own.user, own.password);
      notice(refused);
      return [];
    }
    if (forge?.api !== repository.forge?.api) {
      notice(
        `${hostOfUrl(url)}: the token of ${repository.forge?.host ?? 'a forge'} is not sent there: if it is the same forge, name the host under \`forges\` with the url of that forge`,
      );
      return [];
    }
    const token = forge && (await tokenOf(forge));
    if (token === undefined || refused === undefined) return gitCredentials(repository, token);
    notice(refused);
    return [];
  };
}

/** Users that the URLs of a campaign's sources name, by the URL without them. They are kept in no file of the campaign. */
function usersOf({ sources, folder, forges }: Campaign): ReadonlyMap<string, User> {
  const users = new Map<string, User>();
  const written = sources.flatMap((source) => {
    if ('git' in source) return [source.git];
    return 'list' in source ? readList(resolve(folder, source.list)) : [];
  });
  for (const text of written) {
    if (!/^https?:\/\//.test(text) || !URL.canParse(text)) continue;
    const { username, password } = new URL(text);
    if (username === '') continue;
    users.set(repositoryOfUrl(text, forges).url, {
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
    });
  }
  return users;
}
