import data from '../../../data/gone-packages.json' with { type: 'json' };
import { compareNumbers, numbersOf } from './versions.js';

/** Names of which a captured part, mostly a version, is one that the release has: `php8.4-cli`, `python3.13`. */
interface Family {
  readonly pattern: string;
  /** Other repositories have more of them. */
  readonly elsewhere?: boolean;
  readonly present: Readonly<Record<string, string>>;
}

const families: readonly Family[] = data.families;
const patterns = new Map<Family, RegExp>();

/**
 * True when an older release had the package, and this one has it no more. `release` is a codename, or `alpine`; `elsewhere`: other
 * repositories are among the sources.
 */
export function lacksPackage(release: string, name: string, elsewhere: boolean): boolean {
  for (const family of families) {
    const part = Object.hasOwn(family.present, release) ? patternOf(family).exec(name)?.[1] : undefined;
    if (part !== undefined) return !(elsewhere && family.elsewhere === true) && isOlder(part, family.present[release]);
  }
  return Object.entries(data.gone).some(
    ([releases, names]) => releases.split(' ').includes(release) && ` ${names} `.includes(` ${name} `),
  );
}

function patternOf(family: Family): RegExp {
  let pattern = patterns.get(family);
  if (pattern === undefined) patterns.set(family, (pattern = new RegExp(family.pattern)));
  return pattern;
}

/** Not among the parts; a version that is newer than all of them was never dropped. */
function isOlder(part: string, present = ''): boolean {
  const parts = present.split(' ');
  const isNewest = parts.every((one) => compareNumbers(numbersOf(one), numbersOf(part)) < 0);
  return !parts.includes(part) && !(/^\d/.test(part) && isNewest);
}
