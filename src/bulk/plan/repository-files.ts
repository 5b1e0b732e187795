import type { FileTree } from '../../facts/context/context.js';
import type { DiskCache } from '../../facts/context/disk.js';
import type { Objects } from '../git/objects.js';
import { fileTreeOf, type CommitTree } from '../git/tree.js';
import { seenFrom } from '../../facts/context/seen-from.js';

/** The files of a commit, with later edits. */
export interface RepositoryFiles {
  readonly tree: CommitTree;
  /** Content of a file; undefined when it does not exist, or is not loaded yet: then `load` reads it, and the caller runs again. */
  get(path: string): Uint8Array | undefined;
  /** Reads the files that `get` was asked for, or the paths given. @returns whether any of them was not here before */
  load(paths?: Iterable<string>): Promise<boolean>;
  edit(path: string, text: string): void;
  /** A tree for every folder in `root`, the path that is the repository; other folders are empty. */
  trees(root: string): DiskCache;
}

export function openRepositoryFiles(tree: CommitTree, objects: Objects): RepositoryFiles {
  const contents = new Map<string, Uint8Array | undefined>();
  const edited = new Map<string, Uint8Array>();
  const wanted = new Set<string>();
  const files: RepositoryFiles = {
    tree,
    get(path) {
      const known = edited.get(path);
      if (known !== undefined) return known;
      if (!contents.has(path) && tree.entries.has(path)) wanted.add(path);
      return contents.get(path);
    },
    async load(paths = wanted) {
      const missing = [...paths].filter((path) => !contents.has(path));
      wanted.clear();
      await Promise.all(missing.map(async (path) => contents.set(path, await readFile(tree, objects, path))));
      return missing.length > 0;
    },
    edit: (path, text) => void edited.set(path, Buffer.from(text)),
    trees: (root) => treesOf(files, root),
  };
  return files;
}

async function readFile({ entries }: CommitTree, objects: Objects, path: string): Promise<Uint8Array | undefined> {
  const id = entries.get(path)?.id;
  return id === undefined ? undefined : (await objects.read(id))?.content;
}

function treesOf(files: RepositoryFiles, root: string): DiskCache {
  const known = new Map<string, FileTree>();
  const make = (folder: string): FileTree => {
    const inside = seenFrom(root, folder);
    if (inside === '..' || inside.startsWith('../')) return NOTHING;
    const tree = fileTreeOf(files.tree, files, inside);
    return inside === '' ? asCheckout(tree) : tree;
  };
  return {
    tree(folder) {
      const tree = known.get(folder) ?? make(folder);
      known.set(folder, tree);
      return tree;
    },
    size: 0,
  };
}

/** Who builds the repository has its history at the root. */
function asCheckout(tree: FileTree): FileTree {
  return { ...tree, exists: (path) => (path === '.git' ? 'directory' : tree.exists(path)) };
}

const NOTHING: FileTree = {
  exists: () => undefined,
  list: () => undefined,
  bytes: () => undefined,
  isExecutable: () => undefined,
  isLink: () => false,
};
