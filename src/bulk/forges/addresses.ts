import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ForgeAddress, ForgeKind, Repository } from './types.js';
import { trimSlashes } from '../../paths.js';

const API: Readonly<Record<ForgeKind, string>> = { github: '/api/v3', gitlab: '/api/v4', gitea: '/api/v1' };

export const PUBLIC_FORGES: Readonly<Record<ForgeKind, ForgeAddress>> = {
  github: { kind: 'github', api: 'https://api.github.com', host: 'github.com' },
  gitlab: { kind: 'gitlab', api: 'https://gitlab.com/api/v4', host: 'gitlab.com' },
  gitea: { kind: 'gitea', api: 'https://codeberg.org/api/v1', host: 'codeberg.org' },
};

/** Hosts that accept ssh on port 443, for networks that block port 22. */
const SSH_HOSTS: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
};

/**
 * The API address of a forge.
 * @param base its URL in a browser or that of its API; `https` when there is no scheme
 * @throws TypeError when it is not a URL, or not http or https
 */
export function forgeAddress(kind: ForgeKind, base: string): ForgeAddress {
  const url = new URL(base.includes('://') ? base : `https://${base}`);
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`${withoutCredentials(base)}: expected http or https`);
  const known = PUBLIC_FORGES[kind];
  if (known.host === url.host || new URL(known.api).host === url.host) return known;
  const tenant = /^(?:api\.)?([\w-]+\.ghe\.com)$/.exec(url.host)?.[1];
  if (kind === 'github' && tenant !== undefined) return { kind, api: `https://api.${tenant}`, host: tenant };
  const path = trimSlashes(url.pathname).replace(/\/api\/v\d$/, '');
  return { kind, api: `${url.origin}${path}${API[kind]}`, host: `${url.host}${path}` };
}

/** `git@example.com:acme/shop.git`. */
const SCP = /^(?:[\w.-]+@)?(\[[\da-f:]+\]|[\w.-]+):(?!\/\/)(.+)$/i;

/** The host in a repository's URL: with the port for http, without it for ssh. */
export function hostOfUrl(url: string): string {
  const { protocol, host, hostname } = new URL(SCP.test(url) ? `ssh://${SCP.exec(url)?.[1] ?? ''}` : url);
  return (protocol === 'ssh:' ? hostname : host).toLowerCase();
}

/**
 * The repository that a URL for `git clone` or an absolute path names, without credentials.
 * @throws TypeError when git must not clone it: the URL names a helper program, or a host that ssh would read as an option
 */
export function repositoryOfUrl(written: string, forges: readonly ForgeAddress[]): Repository {
  const text = written.trim();
  if (/^\w[\w+.-]*::/.test(text))
    throw new TypeError(`${text.split('::')[0] ?? ''}:: names a program that git would run: use https or ssh`);
  const scp = SCP.exec(text);
  if (scp !== null) return named(text, checkedHost(scp[1] ?? ''), scp[2] ?? '', forges);
  if (!/^\w[\w+.-]*:\/\//.test(text)) {
    if (!isAbsolute(text)) throw new TypeError(`${text} is neither a URL nor an absolute path`);
    return plain(pathToFileURL(text).href);
  }
  const url = new URL(text);
  if (url.protocol === 'file:') return plain(url.href);
  if (!/^(?:https?|ssh|git):$/.test(url.protocol))
    throw new TypeError(`git can't clone from ${url.protocol}//: use https, ssh, git or file`);
  const host = url.protocol === 'ssh:' ? url.hostname : url.host;
  const found = named(withoutCredentials(url.href), checkedHost(host), url.pathname, forges);
  return url.protocol.startsWith('http') && url.username !== '' ? { ...found, ownUser: true } : found;
}

/** ssh would read a host that starts with `-` as an option. */
function checkedHost(host: string): string {
  if (host.startsWith('-')) throw new TypeError(`${host} is not a host name`);
  return host.toLowerCase();
}

/** A URL without user and password; the user of an ssh URL stays, since it belongs to the address. */
export function withoutCredentials(text: string): string {
  if (!URL.canParse(text)) return text.replace(/\/\/[^/@]*@/, '//');
  const url = new URL(text);
  url.password = '';
  if (url.protocol !== 'ssh:') url.username = '';
  url.hash = '';
  return url.href;
}

/**
 * A repository with its id, by the forge that the URL belongs to. A forge's host may include a path, where the instance is not at the root. Its
 * port is that of the web pages, so it is ignored for ssh.
 */
function named(url: string, host: string, path: string, forges: readonly ForgeAddress[]): Repository {
  const clean = trimSlashes(decoded(path))
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
  const path = trimSlashes(decoded(url.includes('://') ? new URL(url).pathname : url.slice(url.indexOf(':') + 1)));
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
