import { nearestName } from './nearest.js';
import { DEFAULT_LEVEL, isAbove, type Level } from './levels.js';
import { checkOptions, type OptionValue, type OptionValues } from './options.js';
import type { Transform } from './types.js';

/** What a configuration says of one transform: off, on whatever its level, or options. */
export type TransformSetting = boolean | Readonly<Record<string, OptionValue>>;

export interface Selection {
  readonly level?: Level | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly settings?: Readonly<Record<string, TransformSetting>> | undefined;
  /** `--safe`: a level that no name overrules. */
  readonly strict?: boolean | undefined;
}

/** A name that no transform has; the message suggests the nearest one. */
export class UnknownTransformError extends Error {
  override readonly name = 'UnknownTransformError';
}

/**
 * The transforms that run, in the catalogue's order.
 * @throws UnknownTransformError
 * @throws TypeError when a setting is no option of its transform
 */
export function selectTransforms(catalogue: readonly Transform[], selection: Selection): readonly Transform[] {
  const { only, skip = [], settings = {} } = selection;
  checkNames(catalogue, [...(only ?? []), ...skip, ...Object.keys(settings)]);
  const given = optionsOf(selection);
  for (const { name, options = {} } of catalogue) checkOptions(name, options, given[name] ?? {});
  return catalogue.filter(({ name, level }) => {
    if (skip.includes(name) || settings[name] === false) return false;
    if (only !== undefined && !only.includes(name)) return false;
    const named = selection.strict !== true && (only !== undefined || settings[name] === true);
    return named || !isAbove(level, selection.level ?? DEFAULT_LEVEL);
  });
}

/** @throws UnknownTransformError */
export function checkNames(catalogue: readonly Transform[], names: readonly string[]): void {
  const known = catalogue.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UnknownTransformError(describeUnknown(unknown, known));
}

function describeUnknown(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return `there is no transform ${name}: ${nearest === undefined ? '`dockmod list` names them' : `did you mean ${nearest}?`}`;
}

/** The options that a selection carries for its transforms. */
export function optionsOf({ settings = {} }: Selection): OptionValues {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, setting]) => (typeof setting === 'object' ? [[name, setting]] : [])),
  );
}
