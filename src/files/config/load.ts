import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Transform } from '../../engine/types.js';
import { describeError } from '../disk/errors.js';
import { loadCatalogue } from './catalogue.js';
import { readText } from './read-text.js';
import type { ConfigInput } from './types.js';
import { UsageError } from './usage-error.js';
import { isRefusal } from '../../refusal.js';

/** A valid configuration. */
export interface Config {
  /** Absolute. */
  readonly file: string;
  /** Its patterns and plugins are relative to this folder. */
  readonly folder: string;
  readonly input: ConfigInput;
  /** Absolute paths of the plugins of the command line and its own. */
  readonly plugins: readonly string[];
  readonly catalogue: readonly Transform[];
}

/** File names, in order of precedence. */
export const CONFIG_NAMES = ['dockmod.config.json', 'dockmod.config.yaml', 'dockmod.config.yml', 'package.json'];

/** The configuration file in a folder itself. @param names of the files in the folder, where they are known */
export function configFileIn(folder: string, names: readonly string[] = CONFIG_NAMES): string | undefined {
  return CONFIG_NAMES.filter((name) => names.includes(name))
    .map((name) => join(folder, name))
    .find((file) => existsSync(file) && (!file.endsWith('package.json') || hasOwnKey(file)));
}

/** The nearest configuration file from a folder upwards. */
export function findConfigFile(folder: string): string | undefined {
  const found = configFileIn(folder);
  const parent = dirname(folder);
  return found ?? (parent === folder ? undefined : findConfigFile(parent));
}

function hasOwnKey(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8');
    if (!text.includes('"dockmod"')) return false;
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && isObject((value as Record<string, unknown>)['dockmod']);
  } catch {
    return false;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads and checks a configuration.
 * @param plugins of the command line, whose transforms it may name
 * @throws UsageError naming the file, the key and what is legal
 */
export async function loadConfig(file: string, plugins: readonly string[]): Promise<Config> {
  const value = await parseConfig(file);
  const folder = dirname(file);
  const own = pluginsOf(value).map((path) => resolve(folder, path));
  const all = [...new Set([...plugins, ...own])];
  const catalogue = await loadCatalogue(all);
  const { validateConfig } = await import('./schema.js');
  const input = validateConfig(value, catalogue);
  if (isRefusal(input)) throw new UsageError(`${file}: ${input.reason}`);
  return { file, folder, input, plugins: all, catalogue };
}

function pluginsOf(value: unknown): readonly string[] {
  const plugins: unknown = isObject(value) ? (value as Record<string, unknown>)['plugins'] : undefined;
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
    const line = position === undefined ? text.split('\n').length : text.slice(0, Number(position)).split('\n').length;
    throw new UsageError(`${file}:${line}: it is not JSON: ${message.replace(/ in JSON at position.*/, '')}`);
  }
}
