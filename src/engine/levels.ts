import type { Facet } from '../image/facets.js';

/** From the lowest up; a run at one level makes the changes of those below it, too. */
export const LEVELS = ['safe', 'guarded', 'unsafe'] as const;

export type Level = (typeof LEVELS)[number];

/** Of a run that names none. */
export const DEFAULT_LEVEL: Level = 'guarded';

/** The code of a change that is left alone because the run does not go up to its level. */
export const NEEDS_LEVEL = 'level';

/**
 * What a safe change may make differ. Not `order`: the promise is the same commands in the same order, and the moves that
 * nothing depends on are no difference in the first place.
 */
export const SAFE_FACETS: readonly Facet[] = ['caches'];

export function isAbove(level: Level, limit: Level): boolean {
  return LEVELS.indexOf(level) > LEVELS.indexOf(limit);
}

export function higherLevel(one: Level, other: Level): Level {
  return isAbove(one, other) ? one : other;
}

export function lowerLevel(one: Level, other: Level): Level {
  return isAbove(one, other) ? other : one;
}
