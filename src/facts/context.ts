import { ignoreMatcher } from './dockerignore.js';
import { cleanPath, hasWildcard, patternToRegExp } from './patterns.js';
import type { BuildContext } from './types.js';

/** Where a context gets its answers from: a folder on disk, or files in memory. */
export interface ContextSource {
  kind(path: string): 'file' | 'directory' | undefined;
  /** Names in a folder, sorted. */
  names(directory: string): readonly string[] | undefined;
  read(path: string): string | undefined;
  head(path: string, bytes: number): Uint8Array | undefined;
}

export interface ContextOptions {
  /** Path of the Dockerfile within the context. */
  readonly dockerfile?: string | undefined;
  readonly origin?: string;
}

const MAX_GLOB = 5000;
const SKIPPED = new Set(['node_modules', '.git', 'vendor', '.venv', 'target', 'dist']);
const DOCKERFILE = /^(?:docker|container)file(?:\..*)?$|\.(?:docker|container)file$/i;

/** A context over any source of files, with the ignore file that counts for the Dockerfile. */
export function contextOver(source: ContextSource, options: ContextOptions): BuildContext {
  const { dockerfile } = options;
  const names = [...(dockerfile === undefined ? [] : [`${dockerfile}.dockerignore`]), '.dockerignore'];
  const ignorePath = names.find((name) => source.kind(name) === 'file');
  const ignoreText = ignorePath === undefined ? undefined : source.read(ignorePath);
  const ignored = ignoreText === undefined ? () => false : ignoreMatcher(ignoreText);
  return {
    origin: options.origin ?? 'given',
    dockerfile,
    exists: (path) => source.kind(cleanPath(path)),
    list: (directory) => source.names(cleanPath(directory)),
    read: (path) => source.read(cleanPath(path)),
    head: (path, bytes) => source.head(cleanPath(path), bytes),
    ignored: (path) => cleanPath(path) !== '' && ignored(cleanPath(path)),
    ignoreFile: ignorePath === undefined || ignoreText === undefined ? undefined : { path: ignorePath, text: ignoreText },
    glob: (pattern) => globFiles(source, cleanPath(pattern)).filter((path) => !ignored(path)),
    otherDockerfiles: () => findDockerfiles(source, '', 0).filter((path) => path !== dockerfile),
  };
}

/** A context of files given as text, path by path. */
export function memoryContext(files: Readonly<Record<string, string>>, options: ContextOptions = {}): BuildContext {
  const directories = new Map<string, Set<string>>([['', new Set()]]);
  for (const path of Object.keys(files)) {
    const parts = path.split('/');
    for (const [index, name] of parts.entries()) {
      const parent = parts.slice(0, index).join('/');
      const names = directories.get(parent) ?? new Set();
      directories.set(parent, names.add(name));
    }
  }
  const source: ContextSource = {
    kind: (path) => (Object.hasOwn(files, path) ? 'file' : directories.has(path) ? 'directory' : undefined),
    names: (directory) => {
      const names = directories.get(directory);
      return names && [...names].sort();
    },
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    head: (path, bytes) => {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      return text === undefined ? undefined : Uint8Array.from(text.slice(0, bytes), (char) => char.charCodeAt(0) & 0xff);
    },
  };
  return contextOver(source, { origin: 'memory', ...options });
}

function globFiles(source: ContextSource, pattern: string): string[] {
  if (!hasWildcard(pattern)) return source.kind(pattern) === undefined ? [] : [pattern];
  const parts = pattern.split('/');
  const literal = parts.slice(0, parts.findIndex(hasWildcard)).join('/');
  const regexp = patternToRegExp(pattern);
  const found: string[] = [];
  const depth = pattern.includes('**') ? Infinity : parts.length;
  const walk = (directory: string, level: number): void => {
    for (const name of source.names(directory) ?? []) {
      if (found.length >= MAX_GLOB) return;
      const path = directory === '' ? name : `${directory}/${name}`;
      if (regexp.test(path)) found.push(path);
      if (level + 1 < depth && source.kind(path) === 'directory') walk(path, level + 1);
    }
  };
  walk(literal, literal === '' ? 0 : literal.split('/').length);
  return found.sort();
}

function findDockerfiles(source: ContextSource, directory: string, depth: number): string[] {
  return (source.names(directory) ?? []).flatMap((name) => {
    const path = directory === '' ? name : `${directory}/${name}`;
    if (DOCKERFILE.test(name) && !name.toLowerCase().endsWith('ignore') && source.kind(path) === 'file') return [path];
    const deeper = depth < 3 && !name.startsWith('.') && !SKIPPED.has(name) && source.kind(path) === 'directory';
    return deeper ? findDockerfiles(source, path, depth + 1) : [];
  });
}
