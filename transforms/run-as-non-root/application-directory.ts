import { isIn } from '../../src/commands/catalogue/index.js';
import { programOf } from '../../src/commands/program.js';
import { isProjectFile } from '../../src/ecosystems/project-files.js';
import type { Command } from '../../src/shell/types.js';
import { copiedFiles, isDirectory, type Copied } from './copied-files.js';
import { runCommands } from './installed-programs.js';
import { isGivable } from './made-directories.js';
import { isOwnDirectory } from './own-directory.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import { baseName, sourcePath } from '../../src/paths.js';

/** Where the application's own files come from and where they lie. */

/** Directories that a package manager fills: applications only read them. */
export const DEPENDENCIES = /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.?venv|vendor)\/?$/;

/** A manifest, a lock file or settings: nothing of the application itself. */
function isSetting(name: string): boolean {
  return isProjectFile(name) || name.startsWith('.env');
}

/** The directory that the application may count as its own: the working directory, or the only one that is copied. */
export function applicationDirectory(image: FinalImage): string | undefined {
  const directory = workingDirectory(image);
  if (isGivable(directory)) return directory;
  const copied = copiedFiles(image).filter((one) => one.from === 'context' && bringsTree(image, one));
  const [only, ...others] = new Set(copied.map(({ destination }) => destination));
  return only !== undefined && others.length === 0 && isGivable(only) ? only : undefined;
}

/** The copy brings a directory, as far as can be told. */
export function bringsTree(image: FinalImage, copied: Copied): boolean {
  return copied.from !== 'network' && copied.sources.some((source) => mayBeTree(image, copied, source));
}

function mayBeTree(image: FinalImage, copied: Copied, source: string): boolean {
  if (DEPENDENCIES.test(source)) return false;
  if (isDirectory(image, copied, source)) return true;
  const name = baseName(source);
  if (isSingleFile(name)) return false;
  return copied.from !== 'context' || image.context?.exists(sourcePath(source)) !== 'file';
}

/** By its name, one file: it has an extension or is a manifest. */
function isSingleFile(name: string): boolean {
  return isSetting(name) || /.\.[A-Za-z][\w~]{0,7}$/.test(name) || name.includes('*');
}

/** Directories are copied right into one that belongs to the system. */
export function spills(image: FinalImage): boolean {
  return copiedFiles(image).some(
    (copied) => copied.from === 'context' && !isOwnDirectory(copied.destination) && bringsTree(image, copied),
  );
}

/** A RUN brings sources: an archive or a repository. */
export function fetchesSources(image: FinalImage): boolean {
  return runCommands(image).some(isFetch);
}

function isFetch(command: Command): boolean {
  const program = programOf(command);
  if (isIn(program?.row, 'unpack')) return true;
  const clones = program?.args.some(({ text }) => /^(?:clone|checkout|co)$/.test(text)) === true;
  return clones && isIn(program.row, 'checkout');
}

/** Nothing of the application is in the image but manifests: who runs it mounts the sources. */
export function sourcesMounted(image: FinalImage): boolean {
  if (fetchesSources(image) || runCommands(image).some((command) => isIn(programOf(command)?.row, 'fetch')))
    return false;
  return copiedFiles(image).every(({ sources }) => sources.every((source) => isSetting(baseName(source))));
}
