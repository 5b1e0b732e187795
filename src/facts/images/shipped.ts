import { baseImage } from './bases.js';
import { pinTag } from './tags.js';
import type { BaseImage, ImageFacts } from './types.js';

/** The facts about base images in data/; data/README.md has their sources and dates. */
export function shippedImages(): ImageFacts {
  const known = new Map<string, BaseImage | undefined>();
  const base = (reference: string): BaseImage | undefined => {
    if (!known.has(reference)) known.set(reference, baseImage(reference));
    return known.get(reference);
  };
  return { base, pin: pinTag };
}
