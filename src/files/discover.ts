import { lstatSync, readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isDockerfileName } from '../facts/context/dockerfiles.js';
import { memoize } from '../memoize.js';
import type { ConfigCache, Scope } from './config/config-cache.js';
import { configFileIn, configTop } from './config/find.js';
import { makeMatcher, type Matcher } from './config/settings.js';
import { draftFolders, isDraftName } from './disk/drafts.js';
import { FileError, describeError } from './disk/errors.js';
import { isInFolder } from './disk/paths.js';
import { repositoryOf } from './disk/repository.js';
import { isIgnored, rulesAbove, withIgnoreFile, type IgnoreRules } from './gitignore.js';

/** Folders with Dockerfiles of other projects. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git', 'vendor']);

/** A Dockerfile to fix, or with `error` why it can't be fixed. */
export interface Found {
  /** Absolute. */
  readonly path: string;
  /** The search for its build context ends at this folder. */
  readonly root: string;
  readonly scope: Scope;
  readonly error?: FileError | undefined;
}

/** What a run finds, and where an earlier one that was killed may have left drafts. */
export interface Discovered {
  readonly found: readonly Found[];
  readonly draftFolders: readonly string[];
}

interface Walk {
  readonly root: string;
  readonly top: string;
  readonly configs: ConfigCache;
  readonly found: Found[];
  readonly draftFolders: string[];
}

interface Place {
  readonly folder: string;
  readonly rules: IgnoreRules;
  readonly scope: Scope;
}

/**
 * The Dockerfiles that the paths name or contain, without repetition: in the order of the paths, by name within a folder. A named
 * file is always taken; within a folder, .gitignore and the configuration's `exclude` apply.
 */
export async function discover(paths: readonly string[], cwd: string, configs: ConfigCache): Promise<Discovered> {
  const all: Discovered[] = [];
  for (const path of paths.length === 0 ? ['.'] : paths) all.push(await discoverPath(resolve(cwd, path), cwd, configs));
  const found = all.flatMap((one) => one.found).toReversed();
  return {
    found: [...new Map(found.map((one) => [one.path, one])).values()].toReversed(),
    draftFolders: [...new Set(all.flatMap((one) => one.draftFolders))],
  };
}

async function discoverPath(path: string, cwd: string, configs: ConfigCache): Promise<Discovered> {
  const stat = statOrError(path);
  if (stat instanceof FileError || !stat.isDirectory())
    return { found: [await namedFile(path, cwd, configs, stat)], draftFolders: draftFolders(path) };
  const scope = await configs.scopeOf(path, configTop(path, path));
  const above = rulesAbove(path);
  const rules = isIgnored(above, path, true) ? [] : above;
  const drafts = [...draftFolders(join(path, '.'))];
  const walk: Walk = { root: path, top: realpathSync(path), configs, found: [], draftFolders: drafts };
  await walkFolder(walk, { folder: path, rules, scope });
  if (walk.found.length === 0 && isDockerfileName(basename(path)))
    walk.found.push({ path, root: path, scope, error: new FileError('it is a folder without a Dockerfile', 'find') });
  return walk;
}

function statOrError(path: string): Stats | FileError {
  try {
    return statSync(path);
  } catch (error) {
    return new FileError(describeError(error), 'find');
  }
}

async function namedFile(path: string, cwd: string, configs: ConfigCache, stat: Stats | FileError): Promise<Found> {
  const folder = dirname(path);
  const root = isInFolder(cwd, path) ? cwd : folder;
  const scope = await configs.scopeOf(folder, configTop(folder, root));
  if (stat instanceof FileError) return { path, root, scope, error: stat };
  const tree = repositoryOf(folder) ?? root;
  return { path, root, scope, error: linkError(path, realpathSync(tree)) };
}

async function walkFolder(walk: Walk, above: Place): Promise<void> {
  const { folder } = above;
  const entries = readFolder(walk, above);
  const names = entries.map(({ name }) => name);
  const own = folder === walk.root ? undefined : configFileIn(folder, names);
  const scope = own === undefined ? above.scope : await walk.configs.nestedScope(above.scope, own);
  const rules = names.includes('.gitignore') ? withIgnoreFile(folder, above.rules) : above.rules;
  if (names.some(isDraftName)) walk.draftFolders.push(folder);
  if (names.includes('.git')) walk.draftFolders.push(join(folder, '.git'));
  const { excluded, included } = patternsOf(scope);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const directory = entry.isDirectory();
    if (directory ? SKIPPED_FOLDERS.has(entry.name) : !(isDockerfileName(entry.name) || included(path))) continue;
    if (isIgnored(rules, path, directory) || excluded(path, directory)) continue;
    if (directory) await walkFolder(walk, { folder: path, rules, scope });
    else if (entry.isFile()) walk.found.push({ path, root: walk.root, scope });
    else if (entry.isSymbolicLink()) addLink(walk, path, scope);
  }
}

function readFolder(walk: Walk, { folder, scope }: Place): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const message = `the folder can't be read: ${describeError(error)}`;
    walk.found.push({ path: folder, root: walk.root, scope, error: new FileError(message, 'find') });
    return [];
  }
}

/** Skips links to folders, so there are no cycles, and links to files that the walk finds anyway. */
function addLink(walk: Walk, path: string, scope: Scope): void {
  const error = linkError(path, walk.top);
  if (error === undefined) {
    const target = realpathSync(path);
    if (!statSync(target).isFile() || isDockerfileName(basename(target))) return;
  }
  walk.found.push({ path, root: walk.root, scope, error });
}

/** Why a symbolic link may not be followed; undefined when it may, or when the path is no link. @param top a real path */
function linkError(path: string, top: string): FileError | undefined {
  try {
    if (!lstatSync(path).isSymbolicLink() || isInFolder(top, realpathSync(path))) return undefined;
    return new FileError('it is a symbolic link that leads out of the tree: name the file that it points to', 'find');
  } catch {
    return new FileError('it is a symbolic link to a file that does not exist', 'find');
  }
}

interface Patterns {
  readonly excluded: Matcher;
  readonly included: Matcher;
}

const patternsOf = memoize(({ configs }: Scope): Patterns => {
  const anyOf = (key: 'exclude' | 'include'): Matcher => {
    const matchers = configs.map(({ folder, input }) => makeMatcher(folder, input[key] ?? []));
    return (path, directory) => matchers.some((matches) => matches(path, directory));
  };
  return { excluded: anyOf('exclude'), included: anyOf('include') };
});
