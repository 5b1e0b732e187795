import { baseImage } from './base-images.js';
import { pinTag } from './image-tags.js';
import type { ImageFacts } from './types.js';

/** What the package ships of official and other base images: see data/README.md for sources and dates. */
export function shippedImages(): ImageFacts {
  return { base: baseImage, pin: pinTag };
}
