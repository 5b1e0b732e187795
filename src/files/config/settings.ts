import { relative, sep } from 'node:path';
import ignore from 'ignore';
import { checkNames, optionsOf, selectTransforms, type Selection, type TransformSetting } from '../../engine/select.js';
import type { Transform } from '../../engine/types.js';
import type { Config } from './load.js';
import type { RunOptions, Settings, Choice } from './types.js';

/** Matches paths relative to a folder, by .gitignore's rules; what lies outside of it never matches. */
export type Matcher = (path: string, directory?: boolean) => boolean;

export function makeMatcher(folder: string, patterns: readonly string[]): Matcher {
  if (patterns.length === 0) return () => false;
  const rules = ignore().add([...patterns]);
  return (path, directory = false) => {
    const inside = relative(folder, path).split(sep).join('/');
    return inside !== '' && !inside.startsWith('..') && rules.ignores(directory ? `${inside}/` : inside);
  };
}

/** Says for a Dockerfile what is to be done with it. */
export type SettingsFor = (path: string) => Settings;

/**
 * Puts command line, overrides and configuration together; the first of them wins. Files with the same settings share the object.
 * @throws UnknownTransformError
 */
export function settingsFrom(
  config: Config | undefined,
  catalogue: readonly Transform[],
  plugins: readonly string[],
  run: RunOptions,
): SettingsFor {
  checkNames(catalogue, [...(run.only ?? []), ...(run.skip ?? [])]);
  const overrides = (config?.input.overrides ?? []).map((one) => ({
    ...one,
    matches: makeMatcher(config?.folder ?? '', one.files),
  }));
  const known = new Map<string, Settings>();
  return (path) => {
    const matching = overrides.filter(({ matches }) => matches(path));
    const key = matching.map((one) => overrides.indexOf(one)).join();
    const settings = known.get(key) ?? makeSettings([config?.input ?? {}, ...matching], catalogue, plugins, run);
    known.set(key, settings);
    return settings;
  };
}

function makeSettings(
  choices: readonly Choice[],
  catalogue: readonly Transform[],
  plugins: readonly string[],
  run: RunOptions,
): Settings {
  const last = <K extends keyof Choice>(key: K): Choice[K] =>
    choices.findLast((choice) => choice[key] !== undefined)?.[key];
  const selection: Selection = {
    level: run.level ?? last('level'),
    only: run.only ?? last('only'),
    skip: [
      ...choices.flatMap(({ skip = [] }) => skip).filter((name) => run.only?.includes(name) !== true),
      ...(run.skip ?? []),
    ],
    settings: mergeSettings(choices, run.only ?? []),
    strict: run.level === 'safe',
  };
  const selected = selectTransforms(catalogue, selection);
  const wider =
    run.preview === true ? selectTransforms(catalogue, { ...selection, level: 'unsafe', strict: false }) : [];
  return {
    transforms: selected.map(({ name }) => name),
    options: optionsOf(selection),
    plugins,
    preview: wider.filter((one) => !selected.includes(one) && one.level === 'unsafe').map(({ name }) => name),
  };
}

/** What a name on the command line asks for is not off. */
function mergeSettings(
  choices: readonly Choice[],
  asked: readonly string[],
): Readonly<Record<string, TransformSetting>> {
  const merged: Record<string, TransformSetting> = {};
  for (const { transforms = {} } of choices)
    for (const [name, setting] of Object.entries(transforms)) {
      const before = merged[name];
      if (setting === false && asked.includes(name)) continue;
      merged[name] = typeof setting === 'object' && typeof before === 'object' ? { ...before, ...setting } : setting;
    }
  return merged;
}
