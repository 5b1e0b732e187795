import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isInFolder } from '../disk/paths.js';
import { repositoryOf } from '../disk/repository.js';

/** File names, in order of precedence. */
export const CONFIG_NAMES = ['dockmod.config.json', 'dockmod.config.yaml', 'dockmod.config.yml', 'package.json'];

/** The configuration file in a folder itself. @param names of the files in the folder, where they are known */
export function configFileIn(folder: string, names: readonly string[] = CONFIG_NAMES): string | undefined {
  return CONFIG_NAMES.filter((name) => names.includes(name))
    .map((name) => join(folder, name))
    .find((file) => existsSync(file) && (!file.endsWith('package.json') || hasOwnKey(file)));
}

/**
 * The configuration files that apply in a folder, the outermost first. None above `top` is looked at: what lies there may be anybody's.
 * @param top the folder itself or one above it
 */
export function configFilesUpTo(top: string, folder: string): readonly string[] {
  const own = configFileIn(folder);
  const above = folder === top || !isInFolder(top, folder) ? [] : configFilesUpTo(top, dirname(folder));
  return own === undefined ? above : [...above, own];
}

/**
 * Where the search for configuration ends: the root of the repository around a folder; without one, what was named on the command line.
 * @param named the folder that was named, or for a file the one that the run was started for
 */
export function configTop(folder: string, named: string): string {
  const repository = repositoryOf(folder);
  return repository !== undefined && hasOneOwner(repository, folder) ? repository : named;
}

/** As in git, a repository that another account made around a folder is not the folder's: in /tmp, everybody can make one. */
function hasOneOwner(repository: string, folder: string): boolean {
  const ownerOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.uid;
  const owner = ownerOf(folder);
  return owner === undefined || owner === ownerOf(join(repository, '.git'));
}

function hasOwnKey(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8');
    if (!text.includes('"dockmod"')) return false;
    const value: unknown = JSON.parse(text);
    return isObject(value) && isObject(value['dockmod']);
  } catch {
    return false;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
