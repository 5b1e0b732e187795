import { baseImage } from './bases.js';
import { pinTag } from './tags.js';
import type { BaseImage, ImageFacts } from './types.js';

/** What the package ships of official and other base images: see data/README.md for sources and dates. */
export function shippedImages(): ImageFacts {
  const known = new Map<string, BaseImage | undefined>();
  const base = (reference: string): BaseImage | undefined => {
    if (!known.has(reference)) known.set(reference, baseImage(reference));
    return known.get(reference);
  };
  return { base, pin: pinTag };
}
