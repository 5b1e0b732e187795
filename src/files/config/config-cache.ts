import { dirname, resolve } from 'node:path';
import type { Transform } from '../../engine/types.js';
import { showPath } from '../disk/paths.js';
import { configFileIn, configFilesUpTo } from './find.js';
import { loadNestedConfig, loadPlugins, loadRootConfig, type Config, type Loaded, type PluginChoice } from './load.js';
import { narrowedBy, settingsFrom, type SettingsFor } from './settings.js';
import type { RunOptions } from './types.js';
import { UsageError } from './usage-error.js';
import { withoutEffect } from './without-effect.js';

/** The configurations of a folder, and the settings that they give to its files. */
export interface Scope extends Loaded {
  /** The outermost configuration looked for is the one in this folder. */
  readonly top: string;
  /** The outermost first. */
  readonly configs: readonly Config[];
  /** What they exclude is left out. */
  readonly exclude: boolean;
  /** When a configuration is wrong: what is wrong with it. The files below it are then left as they are. */
  readonly settings: SettingsFor | WrongConfig;
}

export interface WrongConfig {
  readonly file: string;
  readonly message: string;
  /** Where its plug-in failed. */
  readonly frames: string | undefined;
}

/** Reads each configuration of a run once. */
export interface ConfigCache {
  /**
   * @param folder one that is named, or holds a named file
   * @param top configuration is looked for up to this folder; its own configuration may load plug-ins
   * @throws UsageError when `options.config` is wrong, UnknownTransformError when the options name a transform that does not exist
   */
  scopeOf(folder: string, top: string): Promise<Scope>;
  /** The scope of a folder with a configuration file of its own. @param above of the folder that holds it */
  nestedScope(above: Scope, file: string): Promise<Scope>;
}

export function openConfigCache(options: RunOptions): ConfigCache {
  const { cwd = '.', config, plugins = [], configPlugins: own = true, exclude = true } = options;
  const choice: PluginChoice = { named: plugins.map((name) => ({ name, folder: resolve(cwd) })), own };
  const named = config === undefined ? undefined : resolve(cwd, config);
  const scopes = new Map<string, Promise<Scope>>();
  let given: Promise<Loaded> | undefined;
  const once = (key: string, make: () => Promise<Scope>): Promise<Scope> => {
    const scope = scopes.get(key) ?? make();
    scopes.set(key, scope);
    return scope;
  };
  const nestedScope = (above: Scope, file: string): Promise<Scope> => {
    const { settings } = above;
    if (named !== undefined || typeof settings !== 'function') return Promise.resolve(above);
    return once(`${above.top}\n${file}`, () =>
      readNested({ ...above, settings }, file, own, options).catch(wrongScope(file, above)),
    );
  };
  return {
    nestedScope,
    async scopeOf(folder, top) {
      if (named !== undefined) return once(named, () => readRoot(dirname(named), named, choice, options));
      // Here, so that a plug-in of the command line that fails isn't told of a configuration.
      given ??= loadPlugins(choice.named);
      const bare = { top, configs: [], exclude, ...(await given) };
      const root = configFileIn(top);
      let scope = await once(`${top}\n${root ?? ''}`, async () =>
        root === undefined
          ? { ...bare, settings: settingsFrom(undefined, bare.catalogue, bare.plugins, options) }
          : readRoot(top, root, choice, options).catch(wrongScope(root, bare)),
      );
      for (const file of configFilesUpTo(top, folder).filter((one) => one !== root))
        scope = await nestedScope(scope, file);
      return scope;
    },
  };
}

/** What a scope says of a wrong configuration, where nothing can be done without it. */
export function wrongConfig({ file, message, frames }: WrongConfig): UsageError {
  return new UsageError(`${file}: ${message}`, frames);
}

async function readRoot(top: string, file: string, choice: PluginChoice, options: RunOptions): Promise<Scope> {
  const { config, catalogue, plugins } = await loadRootConfig(file, choice);
  notice(config, catalogue, options);
  const settings = settingsFrom(config, catalogue, plugins, options);
  return { top, configs: [config], exclude: options.exclude ?? true, catalogue, plugins, settings };
}

async function readNested(
  above: Scope & { readonly settings: SettingsFor },
  file: string,
  own: boolean,
  options: RunOptions,
): Promise<Scope> {
  const config = await loadNestedConfig(file, { ...above, own });
  notice(config, above.catalogue, options);
  const settings = narrowedBy(above.settings, config, above.catalogue, options);
  return { ...above, configs: [...above.configs, config], settings };
}

function notice(config: Config, catalogue: readonly Transform[], { cwd = '.', onNotice }: RunOptions): void {
  if (onNotice === undefined) return;
  for (const text of withoutEffect(config, catalogue)) onNotice(`${showPath(config.file, resolve(cwd))}: ${text}`);
}

function wrongScope(file: string, above: Omit<Scope, 'settings'>): (error: unknown) => Scope {
  return (error) => {
    if (!(error instanceof UsageError)) throw error;
    return { ...above, settings: { file, message: error.message.replace(`${file}: `, ''), frames: error.frames } };
  };
}
