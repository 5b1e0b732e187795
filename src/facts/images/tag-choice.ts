import data from '../../../data/version-parts.json' with { type: 'json' };
import { countVersions, MOVING, RUNTIME_VERSION } from './tag-words.js';
import type { Granularity } from './types.js';
import { compareNumbers } from './versions.js';

const PARTS: readonly (readonly [parts: number, names: string])[] = Object.entries(data.parts).map(([parts, names]) => [
  Number(parts),
  ` ${names} `,
]);
/** How many parts of a version are wanted where the granularity says it for all images. */
const WANTED = { patch: 9, minor: 2, major: 1 };
/** Most projects promise nothing beyond major and minor version. */
const USUAL_PARTS = 2;

/** How many parts of its version a project keeps compatible: 1 for `node:26`, 2 for `python:3.14`. */
export function compatibleParts(name: string): number {
  return PARTS.find(([, names]) => names.includes(` ${name} `))?.[0] ?? USUAL_PARTS;
}

/**
 * The best of the tags of one build. In order of weight: no date, the words of the floating tag, a version of the image, as fine as
 * the granularity allows, versions of runtime and, for `patch`, of the distribution, and then the shortest tag.
 */
export function bestTag(
  tags: readonly string[],
  name: string,
  granularity: Granularity,
  floating: string,
): string | undefined {
  const wanted = granularity === 'compatible' ? compatibleParts(name) : WANTED[granularity];
  const rank = (tag: string): readonly number[] => {
    const [, version] = /(?:^|[a-z]-)v?(\d+(?:[.u]\d+)*)/.exec(tag) ?? [];
    const parts = version?.split(/[.u]/).length ?? 0;
    return [
      /(?:^|-)\d{8}/.test(tag) ? 0 : 1,
      keptWords(tag, floating),
      /^v?\d/.test(tag) ? 1 : 0,
      parts <= wanted ? parts : -parts,
      granularity === 'patch' ? countVersions(tag) : (tag.match(RUNTIME_VERSION) ?? []).length,
      -tag.length,
    ];
  };
  return [...tags].sort((a, b) => compareNumbers(rank(b), rank(a)))[0];
}

function keptWords(tag: string, floating: string): number {
  return floating.split('-').filter((word) => !MOVING.test(word) && tag.includes(word)).length;
}
