import { isWithin } from '../paths.js';

/** Folders that package managers fill and that no image needs, by cache; `~` is a home, `$GEM_HOME` where gems are. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'apt-lists': ['/var/lib/apt', '/var/lib/apt/lists'],
  'apt-archives': ['/var/cache/apt', '/var/cache/debconf'],
  apk: ['/var/cache/apk', '/etc/apk/cache'],
  rpm: ['/var/cache/yum', '/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/tdnf'],
  'rpm-history': ['/var/lib/dnf/history'],
  zypper: ['/var/cache/zypp'],
  pacman: ['/var/cache/pacman', '/var/cache/pacman/pkg', '/var/lib/pacman/sync'],
  pip: ['~/.cache/pip'],
  uv: ['~/.cache/uv'],
  poetry: ['~/.cache/pypoetry'],
  conda: ['/opt/conda/pkgs', '~/.conda/pkgs'],
  npm: ['~/.npm'],
  yarn: ['/usr/local/share/.cache', '~/.cache/yarn'],
  bun: ['~/.bun/install/cache'],
  composer: ['~/.composer/cache', '~/.cache/composer', '/tmp/cache'],
  gem: ['$GEM_HOME/cache', '~/.bundle', '~/.gem'],
};
/** Folders above, which only as a whole count as the cache: what else is in them is not listed. */
const WHOLES: Readonly<Record<string, readonly string[]>> = { pip: ['~/.cache'], composer: ['~/.composer'] };
/** Folders where a part of the content is not the cache itself, so that only the whole counts. */
const STRICT = new Set(['apt-lists']);

const HOME = String.raw`(?:~|/root|\$\{?HOME\}?|/home/[^/]+)`;
const GEM_HOME = String.raw`(?:/usr/local/bundle|\$\{?GEM_HOME\}?|/usr(?:/local)?/lib/ruby/gems/[^/]+)`;

/** The folders as RUNs write them, as the source of a regular expression. */
function sourceOf(folders: readonly string[]): string {
  const sources = folders.map((folder) =>
    folder
      .replaceAll('.', '\\.')
      .replace(/^~/, () => HOME)
      .replace(/^\$GEM_HOME/, () => GEM_HOME),
  );
  return `(?:${sources.join('|')})`;
}

/** Emptied as a whole: the folder, all in it, or all of one kind. */
const WHOLE = String.raw`(?:/?\*?|/\*\*|/\*[_.*]+[\w*]*|/\.\*)`;

interface Pattern {
  readonly cache: string;
  readonly emptied: RegExp;
  readonly inside: RegExp;
}

const PATTERNS: readonly Pattern[] = Object.entries(FOLDERS).map(([cache, folders]) => {
  const all = `^${sourceOf([...folders, ...(WHOLES[cache] ?? [])])}${WHOLE}$`;
  const inside = new RegExp(`${all}|^${sourceOf(folders)}(?:/.*)?$`);
  return { cache, inside, emptied: STRICT.has(cache) ? new RegExp(all) : inside };
});

/**
 * What is mounted at the path of an image takes the cache out of it: a folder of the cache, one that holds it, or one in it.
 * @param path absolute and clean
 */
export function coversCache(cache: string, path: string): boolean {
  const home = /^\/home\/[^/]+/.exec(path)?.[0] ?? '/root';
  const folders = (FOLDERS[cache] ?? []).map((folder) => folder.replace(/^~/, home));
  return folders.some((folder) => isWithin(path, folder) || isWithin(folder, path));
}

/** The caches whose folders a path of an image covers, or lies in. */
export function cachesAt(path: string): readonly string[] {
  return Object.keys(FOLDERS).filter((cache) => coversCache(cache, path));
}

/** All of /var/cache, and with it what is neither a package nor an index. */
const WHOLE_VAR_CACHE = /^\/var\/cache\/?\*?$/;
const UNDER_VAR_CACHE = Object.entries(FOLDERS).flatMap(([cache, folders]) =>
  folders.some((folder) => folder.startsWith('/var/cache/')) ? [cache] : [],
);

/** What deleting a path does: the caches that it empties, and whether it lies in a cache at all. */
export function cachePaths(word: string): { readonly emptied: readonly string[]; readonly inside: boolean } {
  const path = unquote(word);
  if (path === undefined) return { emptied: [], inside: false };
  if (WHOLE_VAR_CACHE.test(path)) return { emptied: UNDER_VAR_CACHE, inside: false };
  return {
    emptied: PATTERNS.filter(({ emptied }) => emptied.test(path)).map(({ cache }) => cache),
    inside: PATTERNS.some(({ inside }) => inside.test(path)),
  };
}

/** Undefined where a glob is quoted: it is a name then, and deletes nothing. */
function unquote(word: string): string | undefined {
  return /"[^"*?]*[*?][^"]*"|'[^'*?]*[*?][^']*'/.test(word) ? undefined : word.replace(/["']/g, '');
}

/** `/var/{lib,cache}/x` as Bash writes it out; dash, which does not, leaves the files, and a second cleanup would too. */
export function expandBraces(word: string): readonly string[] {
  const [whole, before, list, after] = /^([^{]*[^${]|)\{([^{},]*,[^{}]*)\}(.*)$/s.exec(word) ?? [];
  if (whole === undefined) return [word];
  const names = (list ?? '').split(',').slice(0, 20);
  return names.map((name) => `${before ?? ''}${name}${after ?? ''}`);
}
