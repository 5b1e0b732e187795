import { lstatSync, realpathSync } from 'node:fs';
import { FileError } from './errors.js';
import { isInFolder } from './paths.js';

/** Why a symbolic link may not be followed; undefined when it may, or when the path is no link. @param top a real path */
export function linkError(path: string, top: string): FileError | undefined {
  try {
    if (!lstatSync(path).isSymbolicLink() || isInFolder(top, realpathSync(path))) return undefined;
    return new FileError('it is a symbolic link that leads out of the tree: name the file that it points to', 'find');
  } catch {
    return new FileError('it is a symbolic link to a file that does not exist', 'find');
  }
}
