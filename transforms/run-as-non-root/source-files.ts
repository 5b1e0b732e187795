/** The sources of an application, where they lie in the image, and what is open to every account there. */
import { memoize } from '../../src/memoize.js';
import { baseName, isWithin, joinPath, pathBelow, sourcePath } from '../../src/paths.js';
import { copiedFiles } from './copied-files.js';
import type { FinalImage } from './final-image.js';
import type { SourceText } from './source-text.js';
import { sourceFiles } from './sources.js';

const OPEN = /^\/(?:tmp|var\/tmp|dev|proc|~)(?:\/|$)/;
/** Of the system: there to be read, and written by nobody who means to keep it. */
const FOR_READING = /^\/(?:bin|sbin|lib|lib64|usr|etc|sys|opt\/venv)(?:\/|$)/;

export const sourceTexts = memoize((image: FinalImage): readonly SourceText[] =>
  (sourceFiles(image) ?? []).map((path) => ({
    path,
    text: image.context?.read(path) ?? '',
    place: placeOf(image, path),
  })),
);

/** Where a copy puts a file of the context. */
function placeOf(image: FinalImage, path: string): string | undefined {
  for (const { copy, from, sources, destination } of copiedFiles(image)) {
    if (from !== 'context') continue;
    for (const source of sources) {
      const below = pathBelow(sourcePath(source), path);
      if (below === '') return copy.target?.isDirectory === true ? joinPath(destination, baseName(path)) : destination;
      if (below !== undefined) return joinPath(destination, below);
    }
  }
  return undefined;
}

/** Every account may write there, or the application's own: its home and its directories. */
export function isOpen(own: readonly string[], path: string): boolean {
  return OPEN.test(path) || own.some((directory) => isWithin(directory, path));
}

export function isForReading(path: string): boolean {
  return FOR_READING.test(path);
}
