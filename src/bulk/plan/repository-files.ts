import { baseName, parentPath } from '../../paths.js';
import { relative, sep } from 'node:path';
import type { FileTree } from '../../facts/context/context.js';
import type { DiskCache } from '../../facts/context/disk.js';
import { looksLikeDockerfile, SKIPPED_FOLDERS } from '../../files/names.js';
import type { Objects } from '../git/objects.js';
import { fileTreeOf, resolvePath, type CommitTree } from '../git/tree.js';

/**
 * The files of a commit, with later edits. Contents are read on demand: `get` notes a file that is not here yet, `load` reads it, and the caller
 * runs again.
 */
export class RepositoryFiles {
  private readonly contents = new Map<string, Uint8Array | undefined>();
  private readonly edited = new Map<string, Uint8Array>();
  private readonly wanted = new Set<string>();

  constructor(
    readonly tree: CommitTree,
    private readonly objects: Objects,
  ) {}

  get(path: string): Uint8Array | undefined {
    const edited = this.edited.get(path);
    if (edited !== undefined) return edited;
    if (!this.contents.has(path) && this.tree.entries.has(path)) this.wanted.add(path);
    return this.contents.get(path);
  }

  /** Reads the files that `get` was asked for, or the paths given. @returns whether any of them was not here before */
  async load(paths: Iterable<string> = this.wanted): Promise<boolean> {
    const missing = [...paths].filter((path) => !this.contents.has(path));
    this.wanted.clear();
    await Promise.all(
      missing.map(async (path) => {
        const id = this.tree.entries.get(path)?.id;
        this.contents.set(path, id === undefined ? undefined : (await this.objects.read(id))?.content);
      }),
    );
    return missing.length > 0;
  }

  edit(path: string, text: string): void {
    this.edited.set(path, Buffer.from(text));
  }

  /** A tree for every folder in `root`, the path that stands for the repository; other folders are empty. */
  trees(root: string): DiskCache {
    const known = new Map<string, FileTree>();
    const make = (folder: string): FileTree => {
      const inside = relative(root, folder).split(sep).join('/');
      return inside === '..' || inside.startsWith('../') ? NOTHING : fileTreeOf(this.tree, this, inside);
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
}

const NOTHING: FileTree = {
  exists: () => undefined,
  list: () => undefined,
  bytes: () => undefined,
  isLink: () => false,
};

/** A Dockerfile of a repository; `problem` says why it can't be fixed. */
export interface FoundDockerfile {
  readonly path: string;
  readonly problem: string | undefined;
}

/** Sorted by path. A link counts when it leads to a file of the repository that is not a candidate itself. */
export async function findDockerfiles(files: RepositoryFiles): Promise<readonly FoundDockerfile[]> {
  const { entries } = files.tree;
  const candidates = [...entries].filter(
    ([path, { kind }]) => (kind === 'file' || kind === 'link') && isCandidate(path),
  );
  await files.load(candidates.flatMap(([path, { kind }]) => (kind === 'link' ? [path] : [])));
  const twins = collisions(entries.keys());
  const found = new Map<string, FoundDockerfile>();
  for (const [path, { kind }] of candidates) {
    const real = kind === 'file' ? path : follow(files, path);
    const twin = twins.get(path.toLowerCase())?.find((other) => other !== path);
    if (real === undefined)
      found.set(path, { path, problem: 'it is a symbolic link that leads out of the repository' });
    else if (twin !== undefined)
      found.set(path, {
        path,
        problem: `its name differs from ${twin} only in case: some file systems can't hold both`,
      });
    else if (real === path || (entries.get(real)?.kind === 'file' && !isCandidate(real)))
      found.set(real, { path: real, problem: undefined });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function follow(files: RepositoryFiles, path: string): string | undefined {
  return resolvePath(files.tree, path, (link) => {
    const bytes = files.get(link);
    return bytes && Buffer.from(bytes).toString();
  });
}

function isCandidate(path: string): boolean {
  return (
    looksLikeDockerfile(baseName(path)) &&
    !parentPath(path)
      .split('/')
      .some((folder) => SKIPPED_FOLDERS.has(folder))
  );
}

/** Paths by their lower-case form: those with the same key are one file on a case-insensitive file system. */
function collisions(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const key = path.toLowerCase();
    const same = byName.get(key);
    if (same === undefined) byName.set(key, [path]);
    else same.push(path);
  }
  return byName;
}
