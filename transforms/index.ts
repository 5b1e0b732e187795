import type { Transform } from '../src/engine/types.js';
import { copyManifestsFirst } from './copy/copy-manifests-first.js';
import { writeDockerignore } from './copy/write-dockerignore.js';
import { runAsNonRoot } from './runtime/run-as-non-root.js';

/** The catalogue, in the order in which transforms run. */
export const transforms: readonly Transform[] = [copyManifestsFirst, writeDockerignore, runAsNonRoot];
