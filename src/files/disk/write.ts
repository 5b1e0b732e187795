import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FileError } from './file-error.js';
import { describeError } from './read.js';

/**
 * Puts `after` in the place of `before`, whole or not at all, with the mode and owner of the file; a symbolic link stays and its
 * target is written. `before` is undefined for a new file.
 * @throws FileError when the file on disk is not the one that was read, or can't be written
 */
export function writeAtomic(path: string, before: string | undefined, after: string): void {
  if (before === after) return;
  try {
    if (before === undefined) createFile(path, after);
    else replaceFile(realpathSync(path), before, after);
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(`not written: ${describeError(error)}`, 'write');
  }
}

function createFile(path: string, text: string): void {
  if (existsSync(path)) throw changedMeanwhile();
  writeFileSync(path, text, { flag: 'wx' });
}

function replaceFile(path: string, before: string, after: string): void {
  const stat = statSync(path);
  // A rename needs no right to write the file itself, so a read-only one has to be refused here.
  accessSync(path, constants.W_OK);
  if (!readFileSync(path).equals(Buffer.from(before))) throw changedMeanwhile();
  const temporary = join(dirname(path), `.${basename(path)}${temporarySuffix()}`);
  try {
    writeFileSync(temporary, after, { flag: 'wx', mode: stat.mode });
    keepOwner(temporary, stat);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Not random enough for a secret: `wx` refuses a name that is taken. */
const temporarySuffix = (): string => `.${Math.random().toString(36).slice(2)}.tmp`;

/** Mode after owner: changing the owner may clear bits of it, and the umask did. */
function keepOwner(path: string, { uid, gid, mode }: Stats): void {
  const made = statSync(path);
  if (made.uid !== uid || made.gid !== gid) chownSync(path, uid, gid);
  if (made.mode !== mode) chmodSync(path, mode & 0o7777);
}

function changedMeanwhile(): FileError {
  return new FileError('not written: it changed since it was read', 'write');
}
