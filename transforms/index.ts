import type { Transform } from '../src/engine/types.js';
import { pinBaseImage } from './base-image/pin-base-image.js';
import { copyInsteadOfAdd } from './copy/copy-instead-of-add.js';
import { copyManifestsFirst } from './copy/copy-manifests-first.js';
import { writeDockerignore } from './copy/write-dockerignore.js';
import { combineAptUpdateInstall } from './packages/combine-apt-update-install.js';
import { removePackageCaches } from './packages/remove-package-caches.js';
import { updateAptBeforeInstall } from './packages/update-apt-before-install.js';
import { runAsNonRoot } from './runtime/run-as-non-root.js';
import { mergeRun } from './run/merge-run.js';

/** The catalogue, in the order in which transforms run. */
export const transforms: readonly Transform[] = [
  pinBaseImage,
  copyInsteadOfAdd,
  combineAptUpdateInstall,
  mergeRun,
  updateAptBeforeInstall,
  removePackageCaches,
  copyManifestsFirst,
  writeDockerignore,
  runAsNonRoot,
];
