import ignore from 'ignore';
import { checkNames, optionsOf, selectTransforms, type Selection, type TransformSetting } from '../../engine/select.js';
import { DEFAULT_LEVEL, lowerLevel } from '../../engine/levels.js';
import type { OptionValues } from '../../engine/options.js';
import type { Transform } from '../../engine/types.js';
import { memoize } from '../../memoize.js';
import type { Config } from './load.js';
import type { RunOptions, Settings, Choice } from './types.js';
import { seenFrom } from '../../facts/context/seen-from.js';

/** Matches absolute paths inside a folder by the rules of .gitignore; paths outside never match. */
export type Matcher = (path: string, directory?: boolean) => boolean;

export function makeMatcher(folder: string, patterns: readonly string[]): Matcher {
  if (patterns.length === 0) return () => false;
  const rules = ignore().add([...patterns]);
  return (path, directory = false) => {
    const inside = seenFrom(folder, path);
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

/**
 * What a nested configuration leaves of the settings above it: it lowers the level and turns transforms off. Options are its own to set:
 * they say how a change is made.
 * @throws UnknownTransformError
 */
export function narrowedBy(
  above: SettingsFor,
  config: Config,
  catalogue: readonly Transform[],
  run: RunOptions,
): SettingsFor {
  const input = { level: 'unsafe', ...config.input } as const;
  const own = settingsFrom({ ...config, input }, catalogue, [], run);
  // Twice memoised: files with the same settings above and here share one object.
  const narrowed = memoize((wide: Settings) => memoize((narrow: Settings) => intersect(wide, narrow, catalogue)));
  return (path) => narrowed(above(path))(own(path));
}

function intersect(above: Settings, own: Settings, catalogue: readonly Transform[]): Settings {
  const transforms = above.transforms.filter((name) => own.transforms.includes(name));
  const both = ({ transforms: made, preview: counted = [] }: Settings, name: string): boolean =>
    made.includes(name) || counted.includes(name);
  const more = catalogue.filter(
    ({ name, level }) => level === 'unsafe' && !transforms.includes(name) && both(above, name) && both(own, name),
  );
  return {
    transforms,
    level: lowerLevel(above.level, own.level),
    options: mergeOptions(above.options, own.options),
    plugins: above.plugins,
    judgeNames: above.judgeNames,
    format: above.format,
    preview: above.preview && more.map(({ name }) => name),
  };
}

function mergeOptions(above: OptionValues, own: OptionValues): OptionValues {
  const merged = { ...above };
  for (const [name, options] of Object.entries(own)) merged[name] = { ...above[name], ...options };
  return merged;
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
    judgeNames: run.configPlugins !== false,
    preview: run.preview === true ? unsafeBeside(selected, catalogue, selection) : undefined,
    format: run.format,
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
