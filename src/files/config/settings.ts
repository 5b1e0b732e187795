import { relative, sep } from 'node:path';
import ignore from 'ignore';
import { checkNames, optionsOf, selectTransforms, type Selection, type TransformSetting } from '../../engine/select.js';
import { DEFAULT_LEVEL } from '../../engine/levels.js';
import type { Transform } from '../../engine/types.js';
import type { Config } from './load.js';
import type { RunOptions, Settings, Choice } from './types.js';

/** Matches absolute paths inside a folder by the rules of .gitignore; paths outside never match. */
export type Matcher = (path: string, directory?: boolean) => boolean;

export function makeMatcher(folder: string, patterns: readonly string[]): Matcher {
  if (patterns.length === 0) return () => false;
  const rules = ignore().add([...patterns]);
  return (path, directory = false) => {
    const inside = relative(folder, path).split(sep).join('/');
    return inside !== '' && !inside.startsWith('..') && rules.ignores(directory ? `${inside}/` : inside);
  };
}

/** The settings for a Dockerfile. @param path absolute */
export type SettingsFor = (path: string) => Settings;

/**
 * Combines the options of the run, the overrides and the configuration; the first of these wins. Files to which the same overrides
 * apply share one object.
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
  return {
    transforms: selected.map(({ name }) => name),
    level: selection.level ?? DEFAULT_LEVEL,
    options: optionsOf(selection),
    plugins,
    preview: run.preview === true ? unsafeBeside(selected, catalogue, selection) : undefined,
  };
}

function unsafeBeside(
  selected: readonly Transform[],
  catalogue: readonly Transform[],
  selection: Selection,
): readonly string[] {
  const wider = selectTransforms(catalogue, { ...selection, level: 'unsafe', strict: false });
  return wider.filter((one) => !selected.includes(one) && one.level === 'unsafe').map(({ name }) => name);
}

/** Later choices win, except that a transform named on the command line is not turned off. */
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
