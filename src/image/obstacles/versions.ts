import type { Release } from '../../facts/images/types.js';

/** True from a version on; its numbers compare as numbers: 9 is before 13. */
export function isFrom(version: string | undefined, major: number, minor = 0): boolean {
  const [first = 0, second = 0] = (version ?? '0').split('.').map(Number);
  return first > major || (first === major && second >= minor);
}

/** True for Debian and Ubuntu from these releases on. */
export function isReleaseFrom(release: Release | undefined, debian: number, ubuntu: number): boolean {
  if (release?.distribution === 'debian') return isFrom(release.version, debian);
  return release?.distribution === 'ubuntu' && Number(release.version) >= ubuntu;
}
