import { isAbove, lowerLevel } from '../../engine/levels.js';
import type { Transform } from '../../engine/types.js';
import { patternsOfTrees } from '../../files/config/exclude-trees.js';
import { CONFIG_NAMES } from '../../files/config/find.js';
import { validateConfig } from '../../files/config/schema.js';
import { makeMatcher } from '../../files/config/settings.js';
import type { Choice, ConfigInput, Settings } from '../../files/config/types.js';
import { withoutPlugins } from '../../files/config/unloaded-plugins.js';
import { FileError } from '../../files/disk/errors.js';
import { joinPath, parentPath } from '../../paths.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import type { RepositoryFiles } from './repository-files.js';

/** The transforms that run on the Dockerfiles of a repository. */
export interface FixChoice {
  readonly settings: Settings;
  readonly catalogue: readonly Transform[];
  /** Seconds that a Dockerfile may take; default: see `Job`. */
  readonly fileTimeout?: number | undefined;
}

/** The configuration in a repository. It can only remove fixes from the campaign's; no code in it is run. */
interface RepositoryConfig {
  /** Path of the file in the repository. */
  readonly path: string;
  readonly input: ConfigInput;
}

/**
 * @param path of the configuration file in the repository
 * @returns undefined when a package.json has no `dockmod` key; a refusal when the configuration is wrong
 */
async function parseRepositoryConfig(
  path: string,
  text: string,
  catalogue: readonly Transform[],
): Promise<RepositoryConfig | Refusal | undefined> {
  let value: unknown;
  try {
    const { parse } = await import('yaml');
    value = path.endsWith('.json') ? JSON.parse(text) : parse(text, { logLevel: 'silent' });
  } catch {
    return path.endsWith('package.json') ? undefined : refuse('not-readable', `${path} can't be read`);
  }
  if (path.endsWith('package.json')) value = (value as { dockmod?: unknown } | null)?.dockmod;
  if (value === undefined) return undefined;
  const input = validateConfig(withoutPlugins(value, catalogue), catalogue);
  return isRefusal(input) ? refuse(input.code, `${path}: ${input.reason}`) : { path, input };
}

/** The paths where configurations for a file could be, nearest first; in a folder the first that is there counts. */
export function configPathsFor(path: string): readonly string[] {
  const folder = parentPath(path);
  const here = CONFIG_NAMES.map((name) => joinPath(folder, name));
  return folder === '' ? here : [...here, ...configPathsFor(folder)];
}

/**
 * Reads the settings for the files of a repository: the campaign's, narrowed by each configuration above them. Undefined when the repository
 * excludes a file. The configurations must be loaded. It throws FileError when one is wrong.
 */
export function settingsReader(
  files: RepositoryFiles,
  { settings, catalogue }: FixChoice,
): (path: string) => Promise<Settings | undefined> {
  const configs = new Map<string, Promise<RepositoryConfig | Refusal | undefined>>();
  const configAt = (file: string): Promise<RepositoryConfig | Refusal | undefined> => {
    const bytes = files.get(file);
    const text = bytes && Buffer.from(bytes).toString();
    const known =
      configs.get(file) ??
      (text === undefined ? Promise.resolve(undefined) : parseRepositoryConfig(file, text, catalogue));
    configs.set(file, known);
    return known;
  };
  return async (path) => {
    let narrowed: Settings | undefined = settings;
    const folders = new Set<string>();
    for (const file of configPathsFor(path)) {
      if (narrowed === undefined || folders.has(parentPath(file))) continue;
      const config = await configAt(file);
      if (isRefusal(config)) throw new FileError(`the repository's configuration is wrong: ${config.reason}`, 'config');
      if (config === undefined) continue;
      folders.add(parentPath(file));
      narrowed = narrowSettings(narrowed, config, path, catalogue);
    }
    return narrowed;
  };
}

/** The campaign's settings for a file, without what the repository turns off; undefined when the repository excludes the file. */
function narrowSettings(
  settings: Settings,
  { path: file, input }: RepositoryConfig,
  path: string,
  catalogue: readonly Transform[],
): Settings | undefined {
  const folder = `/${parentPath(file)}`;
  const matches = (patterns: readonly string[]): boolean => makeMatcher(folder, patterns)(joinPath('/', path));
  if (matches([...(input.exclude ?? []), ...patternsOfTrees(input.excludeTrees)])) return undefined;
  const choices = [input, ...(input.overrides ?? []).filter(({ files }) => matches(files))];
  const wanted = catalogue.filter((transform) => choices.every((choice) => allows(choice, transform)));
  return {
    ...settings,
    level: choices.reduce((lowest, { level = lowest }) => lowerLevel(lowest, level), settings.level),
    transforms: settings.transforms.filter((name) => wanted.some((one) => one.name === name)),
  };
}

function allows({ level, only, skip, transforms }: Choice, transform: Transform): boolean {
  const { name } = transform;
  if (skip?.includes(name) === true || transforms?.[name] === false) return false;
  if (only !== undefined) return only.includes(name);
  return level === undefined || transforms?.[name] === true || !isAbove(transform.level, level);
}
