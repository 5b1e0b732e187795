import { closeSync, fstatSync, lstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { servicesOf, type ComposeService } from './builds/compose-services.js';
import { decodeText, makeContext, type FileTree } from './context.js';
import { Folders } from './folders.js';
import type { GitignoreFile } from './gitignore.js';
import { memoize } from '../../memoize.js';
import { baseName, parentPath } from '../../paths.js';
import type { BuildContext } from './types.js';
import { seenFrom } from './seen-from.js';

/** What has been read of the folders of a run: its Dockerfiles share it. */
export interface DiskCache {
  /** What lies in and below a folder, by its absolute path. Other files may stand in the place of this machine's. */
  tree(root: string): FileTree;
  /** Trees that it holds. */
  readonly size: number;
}

/** This machine's folders. */
export class DiskTrees implements DiskCache {
  private readonly folders = new Folders();
  private readonly trees = new Map<string, FileTree>();

  get size(): number {
    return this.trees.size;
  }

  tree(root: string): FileTree {
    const tree = this.trees.get(root) ?? makeTree(root, this.folders);
    this.trees.set(root, tree);
    return tree;
  }
}

export interface DiskOptions {
  /** Absolute path of the Dockerfile, inside the context or not. */
  readonly dockerfile?: string | undefined;
  readonly origin: string;
  readonly complete?: boolean | undefined;
  readonly guessed?: string | undefined;
  /** Folders above the context, up to its repository: their .gitignore files count in it too. The nearest first. */
  readonly above?: readonly string[] | undefined;
  /** Folders whose compose files may run the image: the Dockerfile's own and those above it. */
  readonly around?: readonly string[] | undefined;
}

const MAX_FILE = 1024 * 1024;

/** The build context in a directory of this machine. Nothing is read before it is asked for, and nothing outside the directory. */
export function diskContext(root: string, options: DiskOptions, cache: DiskCache = new DiskTrees()): BuildContext {
  const { dockerfile, origin, complete, guessed, above = [], around = [] } = options;
  const path = dockerfile === undefined ? undefined : seenFrom(resolve(root), dockerfile);
  const outside = path === undefined || path.startsWith('../') || isAbsolute(path);
  return makeContext(cache.tree(resolve(root)), {
    origin,
    complete,
    guessed,
    gitignoresAbove: () => readGitignores(resolve(root), above, cache),
    composeServices: () =>
      dockerfile === undefined ? [] : readServices(dockerfile, [resolve(root), ...around], cache),
    dockerfile: outside ? undefined : path,
    ignoreFile:
      outside && dockerfile !== undefined ? readBeside(dockerfile, `${path ?? ''}.dockerignore`, cache) : undefined,
  });
}

function readGitignores(root: string, above: readonly string[], cache: DiskCache): GitignoreFile[] {
  return above.flatMap((folder) => {
    const text = readDiskText(join(folder, '.gitignore'), cache);
    return text === undefined ? [] : [{ prefix: `${seenFrom(folder, root)}/`, text }];
  });
}

/** How compose files of the folders run the image. @param dockerfile absolute, as the folders are */
export function readServices(
  dockerfile: string,
  folders: readonly string[],
  cache: DiskCache,
): readonly ComposeService[] {
  return [...new Set(folders)].flatMap((folder) => {
    const path = seenFrom(folder, dockerfile);
    return servicesOf(wholeTree(cache.tree(folder)), path).map((service) => ({
      ...service,
      file: seenFrom(folders[0] ?? folder, join(folder, service.file)),
    }));
  });
}

/** One for all Dockerfiles of a folder or repository: what is found out of it is asked once. */
export const wholeTree = memoize((tree: FileTree): BuildContext => makeContext(tree, {}));

/** The ignore file beside a Dockerfile outside the context counts too. */
function readBeside(dockerfile: string, path: string, cache: DiskCache): BuildContext['ignoreFile'] {
  const text = readDiskText(`${dockerfile}.dockerignore`, cache);
  return text === undefined ? undefined : { path, text };
}

/** Text of a small file that is no link out of its folder. */
export function readDiskText(file: string, cache: DiskCache): string | undefined {
  const bytes = cache.tree(dirname(file)).bytes(basename(file), MAX_FILE + 1);
  return bytes === undefined || bytes.length > MAX_FILE ? undefined : decodeText(bytes);
}

interface Node {
  /** Absolute, with no symbolic link in it. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
  readonly link: boolean;
}

function makeTree(root: string, folders: Folders): FileTree {
  const nodes = new Map<string, Node | undefined>([['', rootNode(root)]]);
  const top = nodes.get('')?.path ?? root;
  const find = (path: string): Node | undefined => {
    if (!nodes.has(path)) {
      const parent = find(parentPath(path));
      nodes.set(path, parent?.kind === 'directory' ? nodeIn(parent.path, baseName(path), top, folders) : undefined);
    }
    return nodes.get(path);
  };
  const lists = new Map<string, readonly string[] | undefined>();
  const list = (path: string): readonly string[] | undefined => {
    const node = find(path);
    const entries = node?.kind === 'directory' ? folders.read(node.path) : undefined;
    return entries && [...entries.keys()].sort();
  };
  return {
    exists: (path) => find(path)?.kind,
    isLink: (path) => find(path)?.link ?? false,
    isExecutable(path) {
      const node = find(path);
      return node === undefined ? undefined : mayExecute(node.path);
    },
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

/** By all; Windows has no such modes. */
function mayExecute(path: string): boolean | undefined {
  if (platform() === 'win32') return undefined;
  try {
    return (statSync(path).mode & 0o111) === 0o111;
  } catch {
    return undefined;
  }
}

function rootNode(root: string): Node | undefined {
  try {
    return { path: realpathSync.native(root), kind: statSync(root).isDirectory() ? 'directory' : 'file', link: false };
  } catch {
    return undefined;
  }
}

/** By the reading of the directory, where there is one; it does not say where a link leads. */
function nodeIn(directory: string, name: string, top: string, folders: Folders): Node | undefined {
  const entries = folders.read(directory);
  const kind = entries?.get(name);
  if (entries === undefined || kind === 'link') return nodeAt(directory, name, top);
  return kind === 'file' || kind === 'directory' ? { path: join(directory, name), kind, link: false } : undefined;
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

function readHead(path: string, limit: number): Uint8Array | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.min(limit, fstatSync(file).size));
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
