import { resolve } from 'node:path';
import { loadCatalogue } from './catalogue.js';
import { loadConfig, type Config } from './load.js';
import { settingsFrom, type SettingsFor } from './settings.js';
import type { RunOptions } from './types.js';
import { UsageError } from './usage-error.js';

/** A configuration, and the settings that it gives to files. */
export interface Scope {
  readonly config: Config | undefined;
  /** When the configuration is wrong: what is wrong with it. Its files are then left as they are. */
  readonly settings: SettingsFor | { readonly file: string; readonly message: string };
}

/** Reads each configuration of a run once. */
export interface ConfigCache {
  /**
   * @param file the nearest configuration file, or undefined without one
   * @throws UsageError when `options.config` is wrong, UnknownTransformError when the options name a transform that does not exist
   */
  scopeOf(file: string | undefined): Promise<Scope>;
}

export function openConfigCache(options: RunOptions): ConfigCache {
  const { cwd = '.', config, plugins = [] } = options;
  const modules = plugins.map((path) => resolve(cwd, path));
  const scopes = new Map<string | undefined, Promise<Scope>>();
  const named = config === undefined ? undefined : resolve(cwd, config);
  if (named !== undefined) scopes.set(named, readScope(named, modules, options));
  return {
    scopeOf(nearest) {
      const file = named ?? nearest;
      const scope = scopes.get(file) ?? readScope(file, modules, options).catch(wrongScope(file ?? ''));
      scopes.set(file, scope);
      return scope;
    },
  };
}

async function readScope(file: string | undefined, modules: readonly string[], options: RunOptions): Promise<Scope> {
  const config = file === undefined ? undefined : await loadConfig(file, modules);
  const catalogue = config?.catalogue ?? (await loadCatalogue(modules));
  return { config, settings: settingsFrom(config, catalogue, config?.plugins ?? modules, options) };
}

function wrongScope(file: string): (error: unknown) => Scope {
  return (error) => {
    if (!(error instanceof UsageError) || file === '') throw error;
    return { config: undefined, settings: { file, message: error.message.replace(`${file}: `, '') } };
  };
}
