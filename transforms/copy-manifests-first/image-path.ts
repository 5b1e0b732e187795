/** Absolute paths inside the image. A working directory that is not known is a folder of its own that nothing else names. */
const UNKNOWN = '/\0';

export function resolvePath(workdir: string | undefined, path: string): string {
  const base = path.startsWith('/') ? '' : (workdir ?? UNKNOWN);
  const parts: string[] = [];
  for (const part of `${base}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** What stands behind `directory` in `path`; `''` when they are the same, undefined when the path lies elsewhere. */
export function pathBelow(directory: string, path: string): string | undefined {
  if (path === directory) return '';
  const prefix = directory === '/' ? '/' : `${directory}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** One lies in the other, or it can't be told, because one of them hangs on an unknown working directory. */
export function mayOverlap(a: string, b: string): boolean {
  if (a.startsWith(UNKNOWN) !== b.startsWith(UNKNOWN)) return true;
  return pathBelow(a, b) !== undefined || pathBelow(b, a) !== undefined;
}
