const HOME = String.raw`(?:~|/root|\$\{?HOME\}?|/home/[^/]+)`;
const GEMS = String.raw`(?:/usr/local/bundle|\$\{?GEM_HOME\}?|/usr(?:/local)?/lib/ruby/gems/[^/]+)`;

/** Folders that package managers fill and that no image needs. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'apt-lists': ['/var/lib/apt', '/var/lib/apt/lists'],
  'apt-archives': ['/var/cache/apt', '/var/cache/debconf'],
  apk: ['/var/cache/apk', '/etc/apk/cache'],
  rpm: ['/var/cache/yum', '/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/tdnf', '/var/lib/dnf/history'],
  zypper: ['/var/cache/zypp'],
  pacman: ['/var/cache/pacman', '/var/cache/pacman/pkg', '/var/lib/pacman/sync'],
  pip: [`${HOME}/\\.cache`, `${HOME}/\\.cache/pip`],
  uv: [`${HOME}/\\.cache/uv`],
  poetry: [`${HOME}/\\.cache/pypoetry`],
  conda: ['/opt/conda/pkgs', `${HOME}/\\.conda/pkgs`],
  npm: [`${HOME}/\\.npm`],
  yarn: ['/usr/local/share/\\.cache', `${HOME}/\\.cache/yarn`],
  bun: [`${HOME}/\\.bun/install/cache`],
  composer: [`${HOME}/\\.composer/cache`, `${HOME}/\\.cache/composer`, '/tmp/cache'],
  gem: [`${GEMS}/cache`, `${HOME}/\\.(?:bundle|gem)`],
};

/** Emptied as a whole: the folder, all in it, or all of one kind. */
const WHOLE = String.raw`(?:/?\*?|/\*\*|/\*[_.*]+[\w*]*|/\.\*)`;
/** Folders where a part of the content is not the cache itself, so that only the whole counts. */
const STRICT = new Set(['apt-lists']);

interface Pattern {
  readonly cache: string;
  readonly emptied: RegExp;
  readonly inside: RegExp;
}

const PATTERNS: readonly Pattern[] = Object.entries(FOLDERS).map(([cache, folders]) => {
  // A home's `.cache` as a whole is known; a tool's own folder in it only where it is listed.
  const any = folders.filter((folder) => !folder.endsWith('\\.cache') || folder.startsWith('/usr')).join('|');
  const all = `^(?:${folders.join('|')})${WHOLE}$`;
  const part = `^(?:${any})(?:/.*)?$`;
  const inside = new RegExp(`${all}|${part}`);
  return { cache, inside, emptied: STRICT.has(cache) ? new RegExp(all) : inside };
});

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
  return /"[^"]*[*?][^"]*"|'[^']*[*?][^']*'/.test(word) ? undefined : word.replace(/["']/g, '');
}

/** `/var/{lib,cache}/x` as Bash writes it out; dash, which does not, leaves the files, and a second cleanup would too. */
export function expandBraces(word: string): readonly string[] {
  const [whole, before, list, after] = /^([^{]*[^${]|)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(word) ?? [];
  if (whole === undefined) return [word];
  const names = (list ?? '').split(',').slice(0, 20);
  return names.map((name) => `${before ?? ''}${name}${after ?? ''}`);
}
