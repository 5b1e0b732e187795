import { resolve } from 'node:path';
import { loadCatalogue } from './catalogue.js';
import { loadConfig, type Config } from './load.js';
import { settingsFrom, type SettingsFor } from './settings.js';
import type { RunOptions } from './types.js';
import { UsageError } from './usage-error.js';

/** What holds for the files below a configuration; without `settings` it is wrong, and they are left as they are. */
export interface Scope {
  readonly config: Config | undefined;
  readonly settings: SettingsFor | { readonly file: string; readonly message: string };
}

/** The configurations of a run, each read once. */
export interface ConfigBook {
  /** @param file the nearest configuration, or undefined where there is none */
  scopeOf(file: string | undefined): Promise<Scope>;
}

/** `scopeOf` throws UsageError when the configuration that the command line names is wrong, or a name on it. */
export function openConfigs(options: RunOptions): ConfigBook {
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
