import type { Transform } from '../src/engine/types.js';
import { combineAptUpdateInstall } from './combine-apt-update-install.js';
import { copyInsteadOfAdd } from './copy-instead-of-add/copy-instead-of-add.js';
import { copyManifestsFirst } from './copy-manifests-first/copy-manifests-first.js';
import { matchFromAsCasing } from './match-from-as-casing.js';
import { mergeRun } from './merge-run/merge-run.js';
import { pinBaseImage } from './pin-base-image/pin-base-image.js';
import { removePackageCaches } from './remove-package-caches/remove-package-caches.js';
import { runAsNonRoot } from './run-as-non-root/run-as-non-root.js';
import { updateAptBeforeInstall } from './update-apt-before-install/update-apt-before-install.js';
import { writeDockerignore } from './write-dockerignore.js';

/**
 * The catalogue, in the order in which transforms run. Every transform sees what those before it wrote, and all run again until
 * nothing changes; so the place matters only where one leaves another less, or something else, to do.
 */
export const transforms: readonly Transform[] = [
  pinBaseImage,
  copyInsteadOfAdd,
  // Before update-apt-before-install: the RUNs become one, their cleanup included, where the other would only move the update.
  combineAptUpdateInstall,
  // Before update-apt-before-install: an install that is joined to the RUN with the update needs no update of its own.
  // Before remove-package-caches: what is joined gets one cleanup at its end, not one for each of its parts.
  mergeRun,
  updateAptBeforeInstall,
  // Before run-as-non-root: what is copied after the install gets its owner by COPY --chown, not by a chown of all files.
  copyManifestsFirst,
  // Before run-as-non-root: the cleanup follows the install, and the chown that is appended comes after both.
  removePackageCaches,
  writeDockerignore,
  runAsNonRoot,
  matchFromAsCasing,
];
