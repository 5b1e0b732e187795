import type { Transform } from '../src/engine/types.js';

/** The catalogue, in the order in which transforms run. */
export const transforms: readonly Transform[] = [];
