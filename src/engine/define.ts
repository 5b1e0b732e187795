import type { Transform } from './types.js';

/** Kebab-case, a letter first: the name is a file, a folder and a word on the command line. */
export function isTransformName(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z]+(?:-[a-z0-9]+)*$/.test(name);
}

/**
 * Checks and types a transform; ours and custom ones pass through it.
 * @throws TypeError when the name is not kebab-case or something required is missing
 */
export function defineTransform(transform: Transform): Transform {
  const { name, level, mayChange } = transform;
  if (!isTransformName(name)) throw new TypeError(`a transform's name is kebab-case, not ${JSON.stringify(name)}`);
  if (!['safe', 'guarded', 'unsafe'].includes(level))
    throw new TypeError(`${name}: level is safe, guarded or unsafe, not ${JSON.stringify(level)}`);
  if (!Array.isArray(mayChange))
    throw new TypeError(`${name}: mayChange lists the facets of the image that it may change`);
  if (typeof transform.find !== 'function') throw new TypeError(`${name}: find is a function that yields changes`);
  return transform;
}
