import { dirname } from 'node:path';
import { lineAt } from '../../line-at.js';
import type { Transform } from '../../engine/types.js';
import { isRefusal } from '../../refusal.js';
import { describeError } from '../disk/errors.js';
import { loadCatalogue } from './catalogue.js';
import { isObject } from './find.js';
import { readText } from './read-text.js';
import { resolvePlugin } from './resolve-plugin.js';
import type { ConfigInput } from './types.js';
import { withoutPlugins } from './unloaded-plugins.js';
import { UsageError } from './usage-error.js';

/** A valid configuration. */
export interface Config {
  /** Absolute. */
  readonly file: string;
  /** Its patterns and plugins are relative to this folder. */
  readonly folder: string;
  readonly input: ConfigInput;
}

/** Transforms that configurations may name, and the plug-ins that some of them are from. */
export interface Loaded {
  /** Absolute paths. */
  readonly plugins: readonly string[];
  readonly catalogue: readonly Transform[];
}

/** A file or a package, as a person writes it, and the absolute folder from which it is looked for. */
export interface NamedPlugin {
  readonly name: string;
  readonly folder: string;
}

/** Which plug-ins a configuration gets. */
export interface PluginChoice {
  /** Those of the command line. */
  readonly named: readonly NamedPlugin[];
  /** False: those that the configuration names are not loaded. */
  readonly own: boolean;
}

/**
 * Reads and checks the configuration at the root of a tree, the only one whose plug-ins are loaded.
 * @throws UsageError naming the file, the key and what is legal
 */
export async function loadRootConfig(
  file: string,
  { named, own }: PluginChoice,
): Promise<Loaded & { readonly config: Config }> {
  const value = await parseConfig(file);
  const folder = dirname(file);
  const { plugins, catalogue } = await loadPlugins([
    ...named,
    ...(own ? pluginsOf(value) : []).map((name) => ({ name, folder })),
  ]);
  return {
    config: await checkConfig(file, own ? value : withoutPlugins(value, catalogue), catalogue),
    plugins,
    catalogue,
  };
}

/**
 * Reads and checks a configuration below the root of a tree. Whoever adds a file to a folder would otherwise run code wherever dockmod runs.
 * @param top folder of the configuration that may load plug-ins
 * @throws UsageError naming the file, the key and what is legal
 */
export async function loadNestedConfig(
  file: string,
  { top, catalogue, own }: { readonly top: string; readonly catalogue: readonly Transform[]; readonly own: boolean },
): Promise<Config> {
  const value = await parseConfig(file);
  if (own && pluginsOf(value).length > 0)
    throw new UsageError(
      `${file}: plugins: not loaded: only a configuration in ${top} may name plug-ins, a nested one may narrow what that one allows; --transform and --config load them too, --no-plugins ignores this key`,
    );
  return checkConfig(file, own ? value : withoutPlugins(value, catalogue), catalogue);
}

/** @throws UsageError */
export async function loadPlugins(named: readonly NamedPlugin[]): Promise<Loaded> {
  const files = await Promise.all(named.map(({ name, folder }) => resolvePlugin(name, folder)));
  const plugins = [...new Set(files)];
  return { plugins, catalogue: await loadCatalogue(plugins) };
}

async function checkConfig(file: string, value: unknown, catalogue: readonly Transform[]): Promise<Config> {
  const { validateConfig } = await import('./schema.js');
  const input = validateConfig(value, catalogue);
  if (isRefusal(input)) throw new UsageError(`${file}: ${input.reason}`);
  return { file, folder: dirname(file), input };
}

function pluginsOf(value: unknown): readonly string[] {
  const plugins = isObject(value) ? value['plugins'] : undefined;
  return Array.isArray(plugins) ? plugins.filter((one) => typeof one === 'string') : [];
}

async function parseConfig(file: string): Promise<unknown> {
  const text = readText(file);
  if (/\.ya?ml$/.test(file)) {
    const { parseYaml } = await import('./yaml.js');
    return parseYaml(file, text);
  }
  const value = parseJson(file, text);
  return file.endsWith('package.json') ? (value as Record<string, unknown>)['dockmod'] : value;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = describeError(error);
    const position = /at position (\d+)/.exec(message)?.[1];
    const line = position === undefined ? text.split('\n').length : lineAt(text, Number(position));
    throw new UsageError(`${file}:${line}: it is not JSON: ${message.replace(/ in JSON at position.*/, '')}`);
  }
}
