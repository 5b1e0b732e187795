import type { Release } from '../../facts/images/types.js';
import { compareNumbers, numbersOf } from '../../facts/images/versions.js';

/** True from a version on; its numbers compare as numbers: 9 is before 13. */
export function isFrom(version: string | undefined, major: number, minor = 0): boolean {
  return compareNumbers(numbersOf(version ?? '0'), [major, minor]) >= 0;
}

/** True for Debian and Ubuntu from these releases on. */
export function isReleaseFrom(release: Release | undefined, debian: number, ubuntu: number): boolean {
  if (release?.distribution === 'debian') return isFrom(release.version, debian);
  return release?.distribution === 'ubuntu' && Number(release.version) >= ubuntu;
}
