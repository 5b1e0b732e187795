/** Go's path.Clean for a path with `/`: `.`, `..`, doubled and trailing slashes resolved. `''` becomes `.`. */
export function cleanPath(path: string): string {
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

/** The path within the context, `''` for its root; undefined when it leads out. */
export function contextPath(path: string): string | undefined {
  const clean = cleanPath(path).replace(/^\//, '');
  if (clean === '.') return '';
  return clean === '..' || clean.startsWith('../') ? undefined : clean;
}

/** A COPY source as the builder resolves it: rooted in the context, `..` stops at the root. */
export function sourcePath(source: string): string {
  return cleanPath(`/${source}`).slice(1);
}

export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
