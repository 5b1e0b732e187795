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
import { FileError, describeError } from './errors.js';

/**
 * Replaces the content of a file, completely or not at all; its mode and owner stay. A symbolic link stays, and its target is written.
 * @param before what was read; undefined for a new file
 * @throws FileError when the file on disk is not `before`, or can't be written
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
  // A rename also replaces a read-only file, so that is refused here.
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

/** Need not be unique: `wx` refuses a name that exists. */
const temporarySuffix = (): string => `.${Math.random().toString(36).slice(2)}.tmp`;

/** Mode after owner: changing the owner may clear bits of the mode, as the umask did on creation. */
function keepOwner(path: string, { uid, gid, mode }: Stats): void {
  const made = statSync(path);
  if (made.uid !== uid || made.gid !== gid) chownSync(path, uid, gid);
  if (made.mode !== mode) chmodSync(path, mode & 0o7777);
}

function changedMeanwhile(): FileError {
  return new FileError('not written: the file changed after dockmod read it', 'write');
}
