import { FACETS } from '../image/facets.js';
import { LEVELS, SAFE_FACETS } from './levels.js';
import { optionProblem, type OptionSpecs } from './options.js';
import type { Transform } from './types.js';

/** Kebab-case, a letter first: the name is a file, a folder and a word on the command line. */
export function isTransformName(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z]+(?:-[a-z0-9]+)*$/.test(name);
}

/**
 * Checks and types a transform; ours and custom ones pass through it.
 * @throws TypeError when the name is not kebab-case, something required is missing, `mayChange` names no facet or one that the
 * level does not allow, or an option's default is not of its type
 */
export function defineTransform<const S extends OptionSpecs>(transform: Transform<S>): Transform {
  const { name, level, options = {} }: Transform = transform;
  if (!isTransformName(name)) throw new TypeError(`a transform's name is kebab-case, not ${JSON.stringify(name)}`);
  if (!LEVELS.includes(level))
    throw new TypeError(`${name}: level is safe, guarded or unsafe, not ${JSON.stringify(level)}`);
  if (!Array.isArray(transform.mayChange))
    throw new TypeError(`${name}: mayChange lists the facets of the image that it may change`);
  checkFacets(transform);
  if (typeof transform.find !== 'function') throw new TypeError(`${name}: find is a function that yields changes`);
  for (const [option, spec] of Object.entries(options)) {
    const problem = optionProblem(spec, spec.default);
    if (problem !== undefined) throw new TypeError(`${name}: the default of option ${option} ${problem}`);
  }
  return transform;
}

function checkFacets({ name, level, mayChange }: Transform): void {
  const unknown = mayChange.find((facet) => !FACETS.includes(facet));
  if (unknown !== undefined)
    throw new TypeError(`${name}: there is no facet ${JSON.stringify(unknown)} for mayChange: ${FACETS.join(', ')}`);
  const beyond = level === 'safe' ? mayChange.filter((facet) => !SAFE_FACETS.includes(facet)) : [];
  if (beyond.length > 0)
    throw new TypeError(
      `${name}: a safe transform may change ${SAFE_FACETS.join(', ')} alone, not ${beyond.join(', ')}: that is level guarded or unsafe`,
    );
}
