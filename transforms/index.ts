import type { Transform } from '../src/engine/types.js';
import { pinBaseImage } from './pin-base-image/pin-base-image.js';
import { copyInsteadOfAdd } from './copy-instead-of-add/copy-instead-of-add.js';
import { copyManifestsFirst } from './copy-manifests-first/copy-manifests-first.js';
import { writeDockerignore } from './write-dockerignore.js';
import { combineAptUpdateInstall } from './combine-apt-update-install.js';
import { removePackageCaches } from './remove-package-caches/remove-package-caches.js';
import { updateAptBeforeInstall } from './update-apt-before-install/update-apt-before-install.js';
import { runAsNonRoot } from './run-as-non-root/run-as-non-root.js';
import { mergeRun } from './merge-run/merge-run.js';

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
