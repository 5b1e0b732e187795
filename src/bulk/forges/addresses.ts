import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ForgeAddress, ForgeKind, Repository } from './types.js';

const API: Readonly<Record<ForgeKind, string>> = { github: '/api/v3', gitlab: '/api/v4', gitea: '/api/v1' };

/** Forges that everybody knows. */
export const knownForges: readonly ForgeAddress[] = [
  { kind: 'github', api: 'https://api.github.com', host: 'github.com' },
  { kind: 'gitlab', api: 'https://gitlab.com/api/v4', host: 'gitlab.com' },
  { kind: 'gitea', api: 'https://codeberg.org/api/v1', host: 'codeberg.org' },
];

/** Ways in for ssh where its usual port is closed. */
const SSH_HOSTS: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
};

/**
 * Where the API of an instance is.
 * @param base its URL as in a browser, or that of its API; a host alone is asked by https
 * @throws TypeError when it is no URL, or one of another kind
 */
export function forgeAddress(kind: ForgeKind, base: string): ForgeAddress {
  const url = new URL(base.includes('://') ? base : `https://${base}`);
  if (!/^https?:$/.test(url.protocol))
    throw new TypeError(`${withoutCredentials(base)}: a forge is asked by https or http`);
  const known = knownForges.find(
    (one) => one.kind === kind && (one.host === url.host || new URL(one.api).host === url.host),
  );
  if (known !== undefined) return known;
  const tenant = /^(?:api\.)?([\w-]+\.ghe\.com)$/.exec(url.host)?.[1];
  if (kind === 'github' && tenant !== undefined) return { kind, api: `https://api.${tenant}`, host: tenant };
  const path = trimSlash(url.pathname).replace(/\/api\/v\d$/, '');
  return { kind, api: `${url.origin}${path}${API[kind]}`, host: `${url.host}${path}` };
}

/**
 * The repository that a URL for `git clone` or an absolute path names. Credentials in it are dropped.
 * @throws TypeError when it can be no repository: a helper program's URL, a host that starts like an option
 */
export function repositoryOfUrl(written: string, forges: readonly ForgeAddress[]): Repository {
  const text = written.trim();
  if (/^\w[\w+.-]*::/.test(text)) throw new TypeError(`${text.split('::')[0] ?? ''}:: is a program that git would run`);
  const scp = /^(?:[\w.-]+@)?(\[[\da-f:]+\]|[\w.-]+):(?!\/\/)(.+)$/i.exec(text);
  if (scp !== null) return named(text, checkedHost(scp[1] ?? ''), scp[2] ?? '', forges);
  if (!/^\w[\w+.-]*:\/\//.test(text)) {
    if (!isAbsolute(text)) throw new TypeError(`${text} is neither a URL nor an absolute path`);
    return plain(pathToFileURL(text).href);
  }
  const url = new URL(text);
  if (url.protocol === 'file:') return plain(url.href);
  if (!/^(?:https?|ssh|git):$/.test(url.protocol)) throw new TypeError(`git does not clone from ${url.protocol}//`);
  const host = url.protocol === 'ssh:' ? url.hostname : url.host;
  return named(withoutCredentials(url.href), checkedHost(host), url.pathname, forges);
}

/** ssh would read it as an option. */
function checkedHost(host: string): string {
  if (host.startsWith('-')) throw new TypeError(`${host} is no host`);
  return host.toLowerCase();
}

/** The same URL without user and password; over ssh the user belongs to the address. */
export function withoutCredentials(text: string): string {
  if (!URL.canParse(text)) return text.replace(/\/\/[^/@]*@/, '//');
  const url = new URL(text);
  url.password = '';
  if (url.protocol !== 'ssh:') url.username = '';
  url.hash = '';
  return url.href;
}

/** The host of a forge may have a path: an instance need not be at the root. Its port is that of its pages: ssh has another. */
function named(url: string, host: string, path: string, forges: readonly ForgeAddress[]): Repository {
  const clean = trimSlash(decoded(path))
    .replace(/^\/+/, '')
    .replace(/\.git$/, '');
  const ssh = !/^(?:https?|git):/.test(url);
  const where = `${ssh ? (SSH_HOSTS[host] ?? host) : host}/${clean}`;
  for (const forge of forges) {
    const start = `${ssh ? forge.host.replace(/:\d+/, '') : forge.host}/`;
    if (!where.startsWith(start)) continue;
    const inForge = where.slice(start.length);
    return { id: `${forge.host}/${inForge}`, url, forge, path: inForge, defaultBranch: undefined };
  }
  return { ...plain(url), id: where };
}

function plain(url: string): Repository {
  const path = trimSlash(decoded(url.includes('://') ? new URL(url).pathname : url.slice(url.indexOf(':') + 1)));
  const parts = path.replace(/\/?\.git$/, '').split('/');
  return {
    id: url,
    url,
    forge: undefined,
    path: parts
      .filter((part) => part !== '')
      .slice(-2)
      .join('/'),
    defaultBranch: undefined,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function trimSlash(text: string): string {
  return text.replace(/\/+$/, '');
}
