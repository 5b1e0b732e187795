import { closeSync, lstatSync, openSync, opendirSync, readSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { decodeText, makeContext, type FileTree } from './context.js';
import { baseName, joinPath, parentPath } from './paths.js';
import type { BuildContext } from './types.js';

/**
 * What has been read of the directories of a run, by absolute path of the root: many Dockerfiles share a tree. One that answers for
 * every root puts other files in the place of this machine's.
 */
export interface DiskCache {
  get(root: string): FileTree | undefined;
  set(root: string, tree: FileTree): unknown;
  readonly size: number;
}

export interface DiskOptions {
  /** Absolute path of the Dockerfile, inside the context or not. */
  readonly dockerfile?: string | undefined;
  readonly origin: string;
  readonly complete?: boolean | undefined;
}

/** A directory with more entries is not read: what is in it is not known. */
const MAX_ENTRIES = 20_000;
const MAX_FILE = 1024 * 1024;

/** The build context in a directory of this machine. Nothing is read before it is asked for, and nothing outside the directory. */
export function diskContext(
  root: string,
  options: DiskOptions,
  cache: DiskCache = new Map<string, FileTree>(),
): BuildContext {
  const { dockerfile, origin, complete } = options;
  const path = dockerfile === undefined ? undefined : relative(resolve(root), dockerfile).split(sep).join('/');
  const outside = path === undefined || path.startsWith('../') || isAbsolute(path);
  return makeContext(diskTree(root, cache), {
    origin,
    complete,
    dockerfile: outside ? undefined : path,
    ignoreFile:
      outside && dockerfile !== undefined ? readBeside(dockerfile, `${path ?? ''}.dockerignore`, cache) : undefined,
  });
}

/** The ignore file beside a Dockerfile outside the context counts too. */
function readBeside(dockerfile: string, path: string, cache: DiskCache): BuildContext['ignoreFile'] {
  const text = readDiskText(`${dockerfile}.dockerignore`, cache);
  return text === undefined ? undefined : { path, text };
}

/** Text of a small file that is no link out of its folder. */
export function readDiskText(file: string, cache: DiskCache): string | undefined {
  const bytes = diskTree(dirname(file), cache).bytes(basename(file), MAX_FILE + 1);
  return bytes === undefined || bytes.length > MAX_FILE ? undefined : decodeText(bytes);
}

interface Node {
  /** Absolute, with no symbolic link in it. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
  readonly link: boolean;
}

export function diskTree(root: string, cache: DiskCache): FileTree {
  const key = resolve(root);
  const tree = cache.get(key) ?? makeTree(key);
  cache.set(key, tree);
  return tree;
}

function makeTree(root: string): FileTree {
  const nodes = new Map<string, Node | undefined>([['', rootNode(root)]]);
  const top = nodes.get('')?.path ?? root;
  const lists = new Map<string, readonly string[] | undefined>();
  const find = (path: string): Node | undefined => {
    if (!nodes.has(path)) {
      const parent = find(parentPath(path));
      nodes.set(path, parent?.kind === 'directory' ? nodeAt(parent.path, baseName(path), top) : undefined);
    }
    return nodes.get(path);
  };
  const list = (path: string): readonly string[] | undefined => {
    const node = find(path);
    const entries = node?.kind === 'directory' ? readEntries(node.path) : undefined;
    for (const entry of entries ?? []) {
      const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : undefined;
      if (kind !== undefined && node !== undefined)
        nodes.set(joinPath(path, entry.name), { path: join(node.path, entry.name), kind, link: false });
    }
    return entries?.map((entry) => entry.name).sort();
  };
  return {
    exists: (path) => find(path)?.kind,
    isLink: (path) => find(path)?.link ?? false,
    list(path) {
      if (!lists.has(path)) lists.set(path, list(path));
      return lists.get(path);
    },
    bytes(path, limit) {
      const node = find(path);
      return node?.kind === 'file' ? readHead(node.path, limit) : undefined;
    },
  };
}

function rootNode(root: string): Node | undefined {
  try {
    return { path: realpathSync(root), kind: statSync(root).isDirectory() ? 'directory' : 'file', link: false };
  } catch {
    return undefined;
  }
}

/** A symbolic link counts as what it points to, within `top` only. */
function nodeAt(directory: string, name: string, top: string): Node | undefined {
  try {
    const written = join(directory, name);
    const link = lstatSync(written).isSymbolicLink();
    const path = link ? realpathSync(written) : written;
    if (link && path !== top && !path.startsWith(top + sep)) return undefined;
    const stat = statSync(path);
    return stat.isFile()
      ? { path, kind: 'file', link }
      : stat.isDirectory()
        ? { path, kind: 'directory', link }
        : undefined;
  } catch {
    return undefined;
  }
}

function readEntries(path: string): readonly Dirent[] | undefined {
  try {
    const directory = opendirSync(path);
    try {
      const entries: Dirent[] = [];
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        if (entries.length >= MAX_ENTRIES) return undefined;
        entries.push(entry);
      }
      return entries;
    } finally {
      directory.closeSync();
    }
  } catch {
    return undefined;
  }
}

function readHead(path: string, limit: number): Uint8Array | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.min(limit, statSync(path).size));
      let length = 0;
      for (let read = -1; read !== 0 && length < buffer.length; length += read)
        read = readSync(file, buffer, length, buffer.length - length, length);
      return buffer.subarray(0, length);
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
