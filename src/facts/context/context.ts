import { memoize } from '../../memoize.js';
import { baseName, contextPath, sourcePath } from '../../paths.js';
import { servicesOf, type ComposeService } from './builds/compose-services.js';
import { findDockerfiles } from './dockerfiles.js';
import { parseIgnoreFile, patternMatcher } from './dockerignore.js';
import { gitignores, type GitignoreFile } from './gitignore.js';
import { globTree, type Listing } from './glob.js';
import type { BuildContext } from './types.js';

/** Where a context's files come from. Paths are clean and relative to the root, `''` is the root itself. */
export interface FileTree extends Listing {
  /** Up to `limit` bytes from the start of a file. */
  bytes(path: string, limit: number): Uint8Array | undefined;
  /** Everybody may execute the file; undefined where that is not known. */
  isExecutable(path: string): boolean | undefined;
  /** Directory that is a symbolic link: it is not walked. */
  isLink(path: string): boolean;
}

export interface ContextOptions {
  /** Path of the Dockerfile within the context. */
  readonly dockerfile?: string | undefined;
  readonly origin?: string | undefined;
  /** Every literal COPY source is there. */
  readonly complete?: boolean | undefined;
  readonly guessed?: string | undefined;
  /** The ignore file beside a Dockerfile that lies outside. */
  readonly ignoreFile?: BuildContext['ignoreFile'];
  /** The .gitignore files of the folders above, the nearest first. */
  readonly gitignoresAbove?: (() => readonly GitignoreFile[]) | undefined;
  /** By the compose files of the context and around it; by default those of its own files. */
  readonly composeServices?: (() => readonly ComposeService[]) | undefined;
}

const MAX_TEXT = 1024 * 1024;
const MAX_LOCK = 16 * 1024 * 1024;
const MAX_WALK = 50_000;
/** `package-lock.json`, `Cargo.lock`, `go.sum`. */
const LOCK_FILE = /(?:^|[-._])(?:lock(?:file)?|shrinkwrap|sum)(?:$|[-._])/i;

/** The context over a tree of files. */
export function makeContext(tree: FileTree, options: ContextOptions): BuildContext {
  const { dockerfile, origin = 'the files given', complete = true } = options;
  const read = (path: string): string | undefined => readText(tree, path);
  const ignoreFile = options.ignoreFile ?? findIgnoreFile(read, dockerfile);
  const { excluded, glob } = filteredTree(tree, ignoreFile?.text ?? '');
  let gitignoreFiles: readonly GitignoreFile[] | undefined;
  const readGitignores = (): readonly GitignoreFile[] => {
    const own = read('.gitignore');
    return [...(own === undefined ? [] : [{ prefix: '', text: own }]), ...(options.gitignoresAbove?.() ?? [])];
  };
  const readServices = (): readonly ComposeService[] =>
    dockerfile === undefined ? [] : servicesOf({ ...tree, read }, dockerfile);
  let services: readonly ComposeService[] | undefined;
  return {
    origin,
    dockerfile,
    complete,
    guessed: options.guessed,
    ignoreFile,
    exists: within((path) => tree.exists(path)),
    list: within((path) => tree.list(path)),
    read: within(read),
    head: (path, bytes) => within((inside) => tree.bytes(inside, bytes))(path),
    executable: within((path) => tree.isExecutable(path)),
    gitignored: (path) => gitignores((gitignoreFiles ??= readGitignores()), path),
    ignored: (path) => excluded(contextPath(path) ?? ''),
    glob: (pattern) => glob(sourcePath(pattern)),
    otherDockerfiles: () => findDockerfiles(tree).filter((path) => path !== dockerfile),
    composeServices: () => (services ??= (options.composeServices ?? readServices)()),
  };
}

/** What an ignore file leaves of a tree. */
interface FilteredTree {
  readonly excluded: (path: string) => boolean;
  /** @param pattern clean */
  readonly glob: (pattern: string) => readonly string[] | undefined;
}

/** By the ignore file's text: the Dockerfiles of a repository mostly share one, and a walk costs more than they do. */
const filteredTrees = memoize<FileTree, Map<string, FilteredTree>>(() => new Map());

function filteredTree(tree: FileTree, ignoreText: string): FilteredTree {
  const known = filteredTrees(tree);
  const found = known.get(ignoreText) ?? filterTree(tree, ignoreText);
  known.set(ignoreText, found);
  return found;
}

function filterTree(tree: FileTree, ignoreText: string): FilteredTree {
  const patterns = parseIgnoreFile(ignoreText);
  const excluded = patternMatcher(patterns);
  const reincludes = patterns.some(({ include }) => include);
  const skip = (path: string): boolean => tree.isLink(path) || (!reincludes && excluded(path));
  const globs = new Map<string, readonly string[] | undefined>();
  return {
    excluded,
    glob(pattern) {
      if (!globs.has(pattern))
        globs.set(
          pattern,
          globTree(tree, pattern, skip, MAX_WALK)?.filter((path) => !excluded(path)),
        );
      return globs.get(pattern);
    },
  };
}

function within<T>(answer: (path: string) => T | undefined): (path: string) => T | undefined {
  return (path) => {
    const inside = contextPath(path);
    return inside === undefined ? undefined : answer(inside);
  };
}

function readText(tree: FileTree, path: string): string | undefined {
  const limit = LOCK_FILE.test(baseName(path)) ? MAX_LOCK : MAX_TEXT;
  const bytes = tree.bytes(path, limit + 1);
  return bytes === undefined || bytes.length > limit ? undefined : decodeText(bytes);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined when it is no UTF-8 text. A byte order mark is kept, so that what is written back is what was there. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function findIgnoreFile(
  read: (path: string) => string | undefined,
  dockerfile: string | undefined,
): BuildContext['ignoreFile'] {
  const paths = dockerfile === undefined ? ['.dockerignore'] : [`${dockerfile}.dockerignore`, '.dockerignore'];
  for (const path of paths) {
    const text = read(path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}
