import type { GitCall } from '../git/run.js';
import type { ForgeKind, Repository } from './types.js';

/** Whom a forge takes a token from; each looks at the token alone, but wants some name. */
const USER: Readonly<Record<ForgeKind, string>> = {
  github: 'x-access-token',
  gitlab: 'oauth2',
  gitea: 'x-access-token',
};

/**
 * Configuration that lets git in with a token, for this host alone. It goes to git in the environment: a process list never shows it. Without a
 * token git asks its own credential helper.
 */
export function gitCredentials({ url, forge }: Repository, token: string | undefined): GitCall['config'] {
  if (forge === undefined || token === undefined || !/^https?:/.test(url)) return [];
  const header = `Authorization: Basic ${Buffer.from(`${USER[forge.kind]}:${token}`).toString('base64')}`;
  return [[`http.${new URL(url).origin}/.extraHeader`, header]];
}
