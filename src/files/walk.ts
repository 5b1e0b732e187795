/** The Dockerfiles in a folder, and what has a Dockerfile's name and is none. */
import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { isDockerfileName, isDockerfileTemplate } from '../facts/context/dockerfiles.js';
import { relativePath } from '../paths.js';
import type { Skip } from '../report/types.js';
import type { ConfigCache, Scope } from './config/config-cache.js';
import { configFileIn } from './config/find.js';
import { isDraftName } from './disk/drafts.js';
import { FileError, describeError } from './disk/errors.js';
import { linkError } from './disk/links.js';
import type { Found } from './found.js';
import { isIgnored, rulesAbove, withIgnoreFile, type IgnoreRules } from './gitignore.js';
import { patternsOf, whyExcluded } from './patterns.js';
import { testDataFolder } from './test-data.js';
import { trackedIn, type IsTracked } from './tracked.js';

/** Folders with Dockerfiles of other projects. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git', 'vendor']);

export interface Walk {
  readonly root: string;
  readonly configs: ConfigCache;
  readonly found: Found[];
  readonly draftFolders: string[];
}

interface Walking extends Walk {
  /** The root, without links. */
  readonly top: string;
  readonly isTracked: IsTracked;
}

interface Place {
  readonly folder: string;
  readonly rules: IgnoreRules;
  readonly scope: Scope;
}

/** Adds what the root of a walk holds. */
export async function walkTree(walk: Walk, scope: Scope): Promise<void> {
  const { root } = walk;
  const above = rulesAbove(root);
  const rules = isIgnored(above, root, true) ? [] : above;
  await walkFolder({ ...walk, top: realpathSync(root), isTracked: trackedIn(root) }, { folder: root, rules, scope });
}

async function walkFolder(walk: Walking, above: Place): Promise<void> {
  const { folder } = above;
  const entries = readFolder(walk, above);
  const names = entries.map(({ name }) => name);
  const own = folder === walk.root ? undefined : configFileIn(folder, names);
  const scope = own === undefined ? above.scope : await walk.configs.nestedScope(above.scope, own);
  const rules = names.includes('.gitignore') ? withIgnoreFile(folder, above.rules) : above.rules;
  if (names.some(isDraftName)) walk.draftFolders.push(folder);
  if (names.includes('.git')) walk.draftFolders.push(join(folder, '.git'));
  const place: Place = { folder, rules, scope };
  const { included } = patternsOf(scope);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const directory = entry.isDirectory();
    const taken = directory || isDockerfileName(entry.name) || included(path);
    if (directory ? SKIPPED_FOLDERS.has(entry.name) : !(taken || isDockerfileTemplate(entry.name))) continue;
    const skipped = taken ? whySkipped(walk, place, path, directory) : BY_NAME;
    if (skipped !== undefined) walk.found.push({ path, root: walk.root, scope, skipped });
    else if (directory) await walkFolder(walk, { ...place, folder: path });
    else if (entry.isFile()) walk.found.push({ path, root: walk.root, scope });
    else if (entry.isSymbolicLink()) addLink(walk, path, scope);
  }
}

const BY_NAME: Skip = { kind: 'template', reason: 'its name is that of a template' };

function whySkipped(walk: Walking, place: Place, path: string, directory: boolean): Skip | undefined {
  const excluded = whyExcluded(place.scope, path, directory);
  if (excluded !== undefined) return excluded;
  if (!isIgnored(place.rules, path, directory) || walk.isTracked(path, directory))
    return directory ? undefined : whyTestData(walk, place);
  const what = directory ? ' and all that is in it' : '';
  return { kind: 'gitignore', reason: `.gitignore names it${what}, and git does not track it` };
}

function whyTestData({ root }: Walking, { folder }: Place): Skip | undefined {
  const name = testDataFolder(relativePath(root, folder));
  return name === undefined
    ? undefined
    : { kind: 'test-data', reason: `tests read it: it is in a folder named ${name}` };
}

function readFolder({ root, found }: Walking, { folder, scope }: Place): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const message = `the folder can't be read: ${describeError(error)}`;
    found.push({ path: folder, root, scope, error: new FileError(message, 'find') });
    return [];
  }
}

/** Skips links to folders, so there are no cycles, and links to files that the walk finds anyway. */
function addLink({ root, top, found }: Walking, path: string, scope: Scope): void {
  const error = linkError(path, top);
  if (error === undefined) {
    const target = realpathSync(path);
    if (!statSync(target).isFile() || isDockerfileName(basename(target))) return;
  }
  found.push({ path, root, scope, error });
}
