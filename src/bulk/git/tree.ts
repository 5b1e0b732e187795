import { isWithin, joinPath } from '../../paths.js';
import type { FileTree } from '../../facts/context/context.js';
import { GitError } from './errors.js';
import { entryNameProblem } from './entry-names.js';
import type { Objects } from './objects.js';

export interface TreeEntry {
  readonly kind: 'file' | 'directory' | 'link' | 'submodule';
  readonly mode: string;
  readonly id: string;
}

/** The files of a commit, by path with `/`. `''` is the root. */
export interface CommitTree {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Names in each directory, sorted. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '40000': 'directory',
  '120000': 'link',
  '160000': 'submodule',
};

/** Repositories with more files are refused. */
const MAX_FILES = 500_000;

/**
 * Reads all trees of a commit, one level of folders at a time.
 * @throws Error when there are too many files
 * @throws GitError of kind `malformed` for a name that no checkout could hold, or that would lead somewhere else in one
 */
export async function readCommitTree(objects: Objects, rootTree: string): Promise<CommitTree> {
  const entries = new Map<string, TreeEntry>([['', { kind: 'directory', mode: '40000', id: rootTree }]]);
  const names = new Map<string, readonly string[]>();
  let level: (readonly [path: string, id: string])[] = [['', rootTree]];
  while (level.length > 0) {
    const trees = await Promise.all(level.map(async ([path, id]) => [path, await objects.read(id)] as const));
    level = [];
    for (const [path, tree] of trees) {
      const children = tree === undefined ? [] : parseTree(tree.content, tree.id.length / 2, path);
      names.set(path, children.map(({ name }) => name).sort());
      for (const { name, ...entry } of children) {
        const child = joinPath(path, name);
        if (entries.has(child)) throw new GitError(`its commit is malformed: there are two of ${child}`, 'malformed');
        entries.set(child, entry);
        if (entry.kind === 'directory') level.push([child, entry.id]);
      }
      if (entries.size > MAX_FILES) throw new Error(`the repository has more than ${MAX_FILES} files`);
    }
  }
  return { entries, names };
}

/** A tree object holds `mode SP name NUL id` for each entry. Names that are not UTF-8 are left out: a path string can't hold them. */
function parseTree(bytes: Buffer, idLength: number, path: string): (TreeEntry & { readonly name: string })[] {
  const found: (TreeEntry & { readonly name: string })[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space);
    const name = bytes.toString('utf8', space + 1, end);
    at = end + 1 + idLength;
    const problem = space === -1 || end === -1 ? 'that is cut off' : entryNameProblem(name);
    if (problem !== undefined)
      throw new GitError(`its commit is malformed: ${path || 'the root'} has an entry ${problem}`, 'malformed');
    if (name.includes('\uFFFD')) continue;
    found.push({ kind: KINDS[mode] ?? 'file', mode, id: bytes.toString('hex', end + 1, at), name });
  }
  return found;
}

const MAX_LINKS = 40;

/**
 * Follows symbolic links within the repository, as they would work in a checkout.
 * @param linkTarget target of the link at a path; undefined when it is not known
 * @returns the path without links; undefined when it leads nowhere or out of the repository
 */
export function resolvePath(
  { entries }: CommitTree,
  path: string,
  linkTarget: (path: string) => string | undefined,
): string | undefined {
  let done: string[] = [];
  const left = path.split('/').filter((part) => part !== '' && part !== '.');
  for (let links = 0; left.length > 0;) {
    const part = left.shift() ?? '';
    if (part === '..') {
      if (done.length === 0) return undefined;
      done.pop();
      continue;
    }
    const at = [...done, part].join('/');
    const entry = entries.get(at);
    if (entry === undefined || entry.kind === 'submodule') return undefined;
    if (entry.kind !== 'link') {
      done = [...done, part];
      continue;
    }
    const target = linkTarget(at);
    if (target === undefined || target.startsWith('/') || ++links > MAX_LINKS) return undefined;
    left.unshift(...target.split('/').filter((one) => one !== '' && one !== '.'));
  }
  return done.join('/');
}

/** Contents of files by path; undefined when a file does not exist or is not loaded yet. */
export interface Contents {
  get(path: string): Uint8Array | undefined;
}

/** A directory of the repository as a possible build context. */
export function fileTreeOf(tree: CommitTree, contents: Contents, directory: string): FileTree {
  const linkTarget = (path: string): string | undefined => {
    const bytes = contents.get(path);
    return bytes && new TextDecoder().decode(bytes);
  };
  const find = (path: string): { readonly path: string; readonly entry: TreeEntry } | undefined => {
    const resolved = resolvePath(tree, joinPath(directory, path), linkTarget);
    if (resolved === undefined || !isWithin(directory, resolved)) return undefined;
    const entry = tree.entries.get(resolved);
    return entry && { path: resolved, entry };
  };
  return {
    exists(path) {
      const kind = find(path)?.entry.kind;
      return kind === 'file' || kind === 'directory' ? kind : undefined;
    },
    isExecutable: (path) => find(path)?.entry.mode === '100755',
    isLink: (path) => tree.entries.get(joinPath(directory, path))?.kind === 'link',
    list(path) {
      const found = find(path);
      return found && tree.names.get(found.path);
    },
    bytes(path, limit) {
      const found = find(path);
      return found?.entry.kind === 'file' ? contents.get(found.path)?.subarray(0, limit) : undefined;
    },
  };
}
