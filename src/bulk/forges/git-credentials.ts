import type { GitCall } from '../git/run.js';
import type { ForgeKind, Repository } from './types.js';

/** User name that goes with a token. The forges check the token alone, but ask for a name. */
const USER: Readonly<Record<ForgeKind, string>> = {
  github: 'x-access-token',
  gitlab: 'oauth2',
  gitea: 'x-access-token',
};

/**
 * Git configuration that sends a token to the repository's host, and to no other: a redirect is not followed with it. It reaches git in the
 * environment, so no process list shows it. Empty without a token: git then asks its own credential helper.
 */
export function gitCredentials({ url, forge }: Repository, token: string | undefined): GitCall['config'] {
  if (forge === undefined || token === undefined || !/^https?:/.test(url)) return [];
  return basicCredentials(url, USER[forge.kind], token);
}

/** The same for a user and a password. */
export function basicCredentials(url: string, user: string, password: string): NonNullable<GitCall['config']> {
  const header = `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return [
    [`http.${new URL(url).origin}/.extraHeader`, header],
    // git sends its headers on to where a redirect leads, whichever host that is.
    [`http.${url}.followRedirects`, 'false'],
  ];
}
