/**
 * Paths as text, with `/` on every machine. There are two kinds, and a function takes one kind for all its arguments:
 *
 * - in the build context: relative to its root, which is `''`: `src/main.go`;
 * - in an image: absolute, `/` is the root: `/app/main.go`. Where the working directory is not known, a path that counts from it
 *   lies below `UNKNOWN_DIRECTORY`.
 *
 * `contextPath`, `sourcePath` and `imagePath` make clean paths out of what people write. The others take clean paths of either
 * kind. Paths of this machine are a matter for node:path.
 */

const UNKNOWN = '\0';

/** Stands for a working directory of an image that is not known. */
export const UNKNOWN_DIRECTORY = `/${UNKNOWN}`;

/** Go's path.Clean: `.`, `..`, doubled and trailing slashes resolved. `''` becomes `.`; `..` stays at the start of a relative path. */
export function cleanPath(path: string): string {
  if (isClean(path)) return path;
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!rooted) parts.push(part);
  }
  return rooted ? `/${parts.join('/')}` : parts.join('/') || '.';
}

/** Absolute, and nothing in it needs a closer look; most paths are. */
function isClean(path: string): boolean {
  return path.startsWith('/') && !/\/(?:[./]|$)/.test(path);
}

/** The parts put together as a path in the context; undefined when it leads out. A slash at the start means the root. */
export function contextPath(...parts: readonly string[]): string | undefined {
  const found: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') found.push(part);
    else if (found.pop() === undefined) return undefined;
  }
  return found.join('/');
}

/** A source of COPY or ADD as a path in the context, or from the root of a stage: for the builder, `..` stops at the root. */
export function sourcePath(source: string): string {
  return cleanPath(`/${source}`).slice(1);
}

/** Without slashes at its end; `''` for the root. Of an address, too. */
export function trimSlashes(path: string): string {
  // From the first of them on alone: a pattern that began at each would take the square of their number.
  return path.replace(/(?<!\/)\/+$/, '');
}

/** The folder of a glob, up to the segment with its first wildcard: `/var/lib/` of `/var/lib/*`; the path itself where there is none. */
export function folderOfGlob(path: string, wildcard = /[*?[]/): string {
  const at = path.search(wildcard);
  return at < 0 ? path : path.slice(0, path.lastIndexOf('/', at) + 1);
}

/** `path` as seen from `directory` in an image; undefined is a directory that is not known, and so is what lies above that one. */
export function imagePath(directory: string | undefined, path: string): string {
  if (hasDrive(path)) return path;
  if (path.startsWith('/')) return cleanPath(path);
  if (directory !== undefined && hasDrive(directory)) return `${directory.replace(/(?<![\\/])[\\/]+$/, '')}\\${path}`;
  const joined = `${directory ?? UNKNOWN_DIRECTORY}/${path}`;
  if (isClean(joined)) return joined;
  const parts: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '..') parts.push(...above(parts.pop()));
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The path, counted from `directory` where it counts from a working directory that is not known. */
export function rooted(path: string, directory: string): string {
  const start = unknownPart(path);
  if (start === '') return path;
  const up = '../'.repeat(start.length - UNKNOWN.length);
  return imagePath(directory, up + path.slice(start.length + 2));
}

/** Both paths count from the root, or from the same directory that is not known. */
export function startAlike(a: string, b: string): boolean {
  return unknownPart(a) === unknownPart(b);
}

/** What takes the place of the last part in front of `..`: the folder above one that is not known is another such. */
function above(part: string | undefined): readonly string[] {
  return part?.startsWith(UNKNOWN) === true ? [part + UNKNOWN] : [];
}

/** The path counts from no working directory: `/app`, `C:\app`. */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || hasDrive(path);
}

/** `C:\app`, `c:/app`: kept as written. */
function hasDrive(path: string): boolean {
  return /^[A-Za-z]:(?:[\\/]|$)/.test(path);
}

export function joinPath(directory: string, name: string): string {
  if (directory === '' || name === '') return directory + name;
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

/** The folder that holds it; a root holds itself. */
export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === 0 ? '/' : path.slice(0, Math.max(slash, 0));
}

/** The last part. Needs no clean path: `''` for `src/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `path` as seen from `directory`: `''` when they are the same, undefined when it lies elsewhere. */
export function pathBelow(directory: string, path: string): string | undefined {
  if (path === directory) return '';
  const prefix = directory === '' || directory === '/' ? directory : `${directory}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** `path` is `directory` or lies in it. */
export function isWithin(directory: string, path: string): boolean {
  return pathBelow(directory, path) !== undefined;
}

/** The way from a folder to a path that may lie elsewhere: `./../lib/a`. */
export function relativePath(folder: string, path: string): string {
  const from = folder.split('/').filter((part) => part !== '');
  const to = path.split('/').filter((part) => part !== '');
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  return ['.', ...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

/** Of two paths in an image one lies in the other, or it can't be told because they count from directories that are not known. */
export function mayOverlap(a: string, b: string): boolean {
  if (!startAlike(a, b)) return true;
  return isWithin(a, b) || isWithin(b, a);
}

/** The path counts from a directory that is not known: it says nothing once WORKDIR names another. */
export function isUnknown(path: string): boolean {
  return unknownPart(path) !== '';
}

function unknownPart(path: string): string {
  const [, first = ''] = path.split('/', 2);
  return first.startsWith(UNKNOWN) ? first : '';
}
