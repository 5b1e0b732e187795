import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { contextOver, type ContextSource } from './context.js';
import type { BuildContext } from './types.js';

export interface DiskOptions {
  /** Absolute path of the Dockerfile. */
  readonly dockerfile?: string;
  readonly origin: string;
}

const MAX_TEXT = 1 << 20;
const MAX_LOCK = 16 << 20;
const LOCK_FILE = /(?:^|[./-])lock|shrinkwrap|\.sum$|locked$/i;

/** Answers of one folder on disk, memoised: share one for the Dockerfiles of a run that have the same context. */
export type DiskCache = Map<string, ContextSource>;

export function diskContext(root: string, options: DiskOptions, cache: DiskCache = new Map()): BuildContext {
  const source = cache.get(root) ?? diskSource(root);
  cache.set(root, source);
  const inside = options.dockerfile === undefined ? undefined : relative(root, options.dockerfile).replaceAll(sep, '/');
  return contextOver(source, {
    origin: options.origin,
    dockerfile: inside === undefined || inside.startsWith('../') ? undefined : inside,
  });
}

/** Reads on demand and remembers, so that an answer does not change during a run. Nothing outside the root is read. */
function diskSource(root: string): ContextSource {
  const directories = new Map<string, readonly Dirent[] | undefined>();
  const texts = new Map<string, string | undefined>();
  const kinds = new Map<string, 'file' | 'directory' | undefined>();
  const entries = (directory: string): readonly Dirent[] | undefined =>
    remember(directories, directory, () => readdirSync(join(root, directory), { withFileTypes: true }));
  const kind = (path: string): 'file' | 'directory' | undefined =>
    remember(kinds, path, () => kindOnDisk(root, path));
  return {
    kind,
    names: (directory) => entries(directory)?.map(({ name }) => name).sort(),
    read: (path) =>
      remember(texts, path, () => {
        if (kind(path) !== 'file') return undefined;
        const full = join(root, path);
        if (statSync(full).size > (LOCK_FILE.test(path) ? MAX_LOCK : MAX_TEXT)) return undefined;
        const bytes = readFileSync(full);
        return bytes.includes(0) ? undefined : bytes.toString('utf8');
      }),
    head: (path, bytes) => {
      if (kind(path) !== 'file') return undefined;
      const buffer = new Uint8Array(bytes);
      const file = openSync(join(root, path), 'r');
      try {
        return buffer.subarray(0, readSync(file, buffer, 0, bytes, 0));
      } finally {
        closeSync(file);
      }
    },
  };
}

function remember<T>(known: Map<string, T | undefined>, key: string, find: () => T | undefined): T | undefined {
  if (known.has(key)) return known.get(key);
  let found: T | undefined;
  try {
    found = find();
  } catch {
    found = undefined;
  }
  known.set(key, found);
  return found;
}

function kindOnDisk(root: string, path: string): 'file' | 'directory' | undefined {
  const real = realpathSync(join(root, path));
  const base = realpathSync(root);
  if (real !== base && !real.startsWith(base + sep)) return undefined;
  const stats = statSync(real);
  return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : undefined;
}
