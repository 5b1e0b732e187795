import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** A new file can't take the place of the old one: a mount, a folder that may not be written, an owner that can't be given. */
const NO_REPLACING: ReadonlySet<string> = new Set(['EBUSY', 'EXDEV', 'EACCES', 'EPERM', 'EROFS']);

export function forbidsReplacing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_REPLACING.has(String(error.code));
}

/**
 * Writes into the file itself: whatever else points to it, and all that is kept with it, stays. When the disk is full, it holds what it held
 * before.
 */
export function writeInPlace(path: string, before: string, after: string): void {
  const file = openSync(path, 'r+');
  try {
    writeWhole(file, after);
  } catch (error) {
    writeWhole(file, before);
    throw error;
  } finally {
    closeSync(file);
  }
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, at);
  ftruncateSync(file, bytes.length);
  fsyncSync(file);
}
