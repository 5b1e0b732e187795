import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  linkSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { copyAttributes } from './attributes.js';
import { draftFolders, draftIn } from './drafts.js';
import { FileError, describeError } from './errors.js';
import { forbidsReplacing, writeInPlace } from './in-place.js';

/**
 * Replaces the content of a file, completely or not at all; its mode and owner stay. A symbolic link stays, and its target is written.
 * What has other hard links, is mounted, or can't be replaced in its folder or for its owner, is written in place.
 * @param before what was read; undefined for a new file
 * @param special true when it has extended attributes or an access control list, which then stay as well
 * @throws FileError when the file on disk is not `before`, or can't be written
 */
export function writeAtomic(path: string, before: string | undefined, after: string, special = false): void {
  if (before === after) return;
  try {
    if (before === undefined) createFile(path, after);
    else replaceFile(realpathSync(path), before, after, special);
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(`not written: ${describeError(error)}`, 'write');
  }
}

function createFile(path: string, text: string): void {
  if (existsSync(path)) throw changedMeanwhile();
  writeDraft(path, text, 0o666, (draft) => placeNew(draft, path));
}

/** A link never replaces a file that came to be meanwhile, as a rename does. Some file systems have no links. */
function placeNew(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (existsSync(path)) throw changedMeanwhile();
    if (error instanceof Error && 'code' in error && error.code === 'EXDEV') throw error;
    renameSync(draft, path);
  }
}

function replaceFile(path: string, before: string, after: string, special: boolean): void {
  const stat = statSync(path);
  // A rename also replaces a read-only file, so that is refused here.
  accessSync(path, constants.W_OK);
  if (!readFileSync(path).equals(Buffer.from(before))) throw changedMeanwhile();
  if (stat.nlink > 1) return writeInPlace(path, before, after);
  try {
    writeDraft(path, after, stat.mode, (draft) => {
      if (special) copyAttributes(path, draft);
      keepOwner(draft, stat);
      renameSync(draft, path);
    });
  } catch (error) {
    if (!forbidsReplacing(error)) throw error;
    writeInPlace(path, before, after);
  }
}

/** Writes a draft of a file and puts it in its place. `.git` may be on another disk, or not be ours to write: then beside the file. */
function writeDraft(path: string, text: string, mode: number, place: (draft: string) => void): void {
  const folders = draftFolders(path);
  for (const folder of folders) {
    const draft = draftIn(folder);
    try {
      writeFileSync(draft, text, { flag: 'wx', mode });
      return place(draft);
    } catch (error) {
      if (error instanceof FileError || folder === folders.at(-1)) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
}

/** Mode after owner: changing the owner may clear bits of the mode, as the umask did on creation. */
function keepOwner(path: string, { uid, gid, mode }: Stats): void {
  const made = statSync(path);
  if (made.uid !== uid || made.gid !== gid) chownSync(path, uid, gid);
  if (made.mode !== mode) chmodSync(path, mode & 0o7777);
}

function changedMeanwhile(): FileError {
  return new FileError('not written: the file changed after dockmod read it', 'write');
}
