import { pathToFileURL } from 'node:url';
import type { ForgeAddress, ForgeKind, Repository } from '../types.js';

const API: Readonly<Record<ForgeKind, string>> = { github: '/api/v3', gitlab: '/api/v4', gitea: '/api/v1' };

/** Forges that everybody knows. */
export const knownForges: readonly ForgeAddress[] = [
  { kind: 'github', api: 'https://api.github.com', host: 'github.com' },
  { kind: 'gitlab', api: 'https://gitlab.com/api/v4', host: 'gitlab.com' },
  { kind: 'gitea', api: 'https://codeberg.org/api/v1', host: 'codeberg.org' },
];

/**
 * Where the API of an instance is.
 * @param base its URL as in a browser, or that of its API
 * @throws TypeError when it is no URL
 */
export function forgeAddress(kind: ForgeKind, base: string): ForgeAddress {
  const url = new URL(base.includes('://') ? base : `https://${base}`);
  const known = knownForges.find(
    (one) => one.kind === kind && (one.host === url.host || one.api === trimSlash(url.href)),
  );
  if (known !== undefined) return known;
  const path = trimSlash(url.pathname).replace(/\/api\/v\d$/, '');
  return { kind, api: `${url.origin}${path}${API[kind]}`, host: `${url.host}${path}` };
}

/** The repository that a URL for `git clone` or a local path names. Credentials in it are dropped. */
export function repositoryOfUrl(written: string, forges: readonly ForgeAddress[]): Repository {
  const text = written.trim();
  const scp = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(text);
  if (scp !== null) return named(text, scp[1] ?? '', scp[2] ?? '', forges);
  if (!/^\w[\w+.-]*:\/\//.test(text)) return plain(pathToFileURL(text).href);
  const url = new URL(text);
  if (url.protocol === 'file:') return plain(url.href);
  url.password = '';
  if (url.protocol !== 'ssh:') url.username = '';
  return named(url.href, url.protocol === 'ssh:' ? url.hostname : url.host, url.pathname, forges);
}

/** The host of a forge may have a path: an instance need not be at the root. */
function named(url: string, host: string, path: string, forges: readonly ForgeAddress[]): Repository {
  const clean = trimSlash(path)
    .replace(/^\//, '')
    .replace(/\.git$/, '');
  const where = `${host}/${clean}`;
  const forge = forges.find((one) => where.startsWith(`${one.host}/`));
  if (forge === undefined) return { ...plain(url), id: where };
  return { id: where, url, forge, path: where.slice(forge.host.length + 1), defaultBranch: undefined };
}

function plain(url: string): Repository {
  const path = trimSlash(decodeURI(new URL(url.includes('://') ? url : `ssh://${url.replace(':', '/')}`).pathname));
  return {
    id: url,
    url,
    forge: undefined,
    path: path
      .replace(/\/?\.git$/, '')
      .split('/')
      .slice(-2)
      .join('/'),
    defaultBranch: undefined,
  };
}

function trimSlash(text: string): string {
  return text.replace(/\/+$/, '');
}
