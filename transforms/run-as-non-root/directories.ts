/** The directories of an application that its account gets: those it works in, and those that are filled by a copy. */
import type { Instruction } from '../../src/dockerfile/types.js';
import { kindOf } from '../../src/image/copied-source.js';
import { isWithin, parentPath } from '../../src/paths.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { DEPENDENCIES } from './application-directory.js';
import { copiedBy, copiedFiles, type Copied } from './copied-files.js';
import { configBefore, workingDirectory, type FinalImage } from './final-image.js';
import { isGivable } from './made-directories.js';

/** The working directories in force, and those that hold nothing but what is copied. */
export function applicationDirectories(image: FinalImage, own: readonly Instruction[]): readonly string[] {
  const working = workingDirectories(image, own);
  const copied = copiesOf(image, own).flatMap((one) => folderFilledBy(image, one) ?? []);
  const all = [...new Set([...working, workingDirectory(image), ...copied])].filter(isGivable);
  return all.filter((path) => working.includes(path) || !all.some((other) => other !== path && isWithin(other, path)));
}

function workingDirectories(image: FinalImage, own: readonly Instruction[]): readonly string[] {
  return own
    .filter(({ keyword }) => keyword !== 'WORKDIR')
    .map((instruction) => configBefore(image, instruction).workdir ?? image.startDirectory);
}

function copiesOf(image: FinalImage, own: readonly Instruction[]): readonly Copied[] {
  return own.flatMap((instruction) => {
    const found = copiedBy(image, instruction);
    return found === undefined || DEPENDENCIES.test(found.destination) ? [] : [found];
  });
}

/** A copy makes a file or a directory, which of the two is not known, and none of the directories holds it. */
export function unclearFolder(
  image: FinalImage,
  own: readonly Instruction[],
  directories: readonly string[],
): Refusal | undefined {
  const found = copiesOf(image, own).find(
    (one) =>
      isGivable(one.destination) &&
      folderFilledBy(image, one) === undefined &&
      !directories.some((path) => isWithin(path, one.destination)),
  );
  return (
    found &&
    refuse('directory-unknown', `whether \`${found.destination}\` becomes a file or a directory is not known here`)
  );
}

/** The directory that a copy puts its files into; undefined where it may as well make a file of that name. */
function folderFilledBy(image: FinalImage, { copy, destination, from, sources }: Copied): string | undefined {
  const kinds = sources.map((source) => kindOf(from, source, image.context));
  const isFolder =
    copy.target?.isDirectory === true ||
    sources.length > 1 ||
    kinds.includes('directory') ||
    sources.some((source) => /[*?[]/.test(source)) ||
    image.config.workdir === destination ||
    copiedFiles(image).some((other) => other.destination !== destination && isWithin(destination, other.destination));
  if (isFolder) return destination;
  const isFile = kinds.includes('file') || hasExtension(destination) || sources.some(hasExtension);
  return isFile ? parentPath(destination) : undefined;
}

export function hasExtension(path: string): boolean {
  return /\.[A-Za-z]\w{0,5}$/.test(path);
}
