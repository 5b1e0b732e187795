import type { Transform } from '../../engine/types.js';
import { patternsOfTrees } from '../../files/config/exclude-trees.js';
import { CONFIG_NAMES } from '../../files/config/find.js';
import { validateConfig } from '../../files/config/schema.js';
import type { Config } from '../../files/config/load.js';
import { makeMatcher, narrowedBy, type SettingsFor } from '../../files/config/settings.js';
import type { Settings } from '../../files/config/types.js';
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

/**
 * No code that it names is run.
 * @param path of the configuration file in the repository
 * @returns its paths from the root of the repository, as if that were `/`; undefined when a package.json has no `dockmod` key; a refusal when the configuration is wrong
 */
async function parseRepositoryConfig(
  path: string,
  text: string,
  catalogue: readonly Transform[],
): Promise<Config | Refusal | undefined> {
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
  if (isRefusal(input)) return refuse(input.code, `${path}: ${input.reason}`);
  return { file: `/${path}`, folder: `/${parentPath(path)}`, input };
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
  const configs = new Map<string, Promise<Config | Refusal | undefined>>();
  const configAt = (file: string): Promise<Config | Refusal | undefined> => {
    const bytes = files.get(file);
    const text = bytes && Buffer.from(bytes).toString();
    const known =
      configs.get(file) ??
      (text === undefined ? Promise.resolve(undefined) : parseRepositoryConfig(file, text, catalogue));
    configs.set(file, known);
    return known;
  };
  return async (path) => {
    const found: Config[] = [];
    for (const file of configPathsFor(path)) {
      if (found.some(({ folder }) => folder === `/${parentPath(file)}`)) continue;
      const config = await configAt(file);
      if (isRefusal(config)) throw new FileError(`the repository's configuration is wrong: ${config.reason}`, 'config');
      if (config !== undefined) found.push(config);
    }
    if (found.some((config) => excludes(config, path))) return undefined;
    const narrow = (above: SettingsFor, config: Config): SettingsFor => narrowedBy(above, config, catalogue, {});
    // How a fix is made is the campaign's to say.
    return { ...found.reduceRight(narrow, () => settings)(`/${path}`), options: settings.options };
  };
}

function excludes({ folder, input }: Config, path: string): boolean {
  return makeMatcher(folder, [...(input.exclude ?? []), ...patternsOfTrees(input.excludeTrees)])(`/${path}`);
}
