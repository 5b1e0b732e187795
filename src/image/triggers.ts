/** Bases that copy the build context as soon as FROM is run: their ONBUILD triggers come before anything else of a stage. */
import { isCopy } from '../dockerfile/copy.js';
import type { Stage } from '../dockerfile/types.js';
import { statesUpTo } from './state.js';
import type { ImageState } from './types.js';

/** `node:8-onbuild`, `registry.example.com/node-onbuild:3`: what such images are called, official ones among them. */
const NAME = /(?:^|[-_./:])onbuild(?:$|[-_.:@])/i;

/** The base, as FROM names it, by which the stage has files of the build context from the start. */
export function copyingBase(image: ImageState, stage: Stage): string | undefined {
  const reference = image.rootReference(stage);
  if (reference !== undefined && NAME.test(reference)) return reference;
  const child = statesUpTo(image, stage).find(({ stage: { parent } }) =>
    parent?.instructions.some(({ trigger }) => trigger !== undefined && isCopy(trigger)),
  );
  return child?.stage.from.image;
}
