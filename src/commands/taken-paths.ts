/** Whether a path that a script takes away is the directory that it starts in, or holds it. */
import { UNKNOWN_DIRECTORY, baseName, imagePath, isUnknown, isWithin, trimSlashes } from '../paths.js';
import type { Script } from '../shell/types.js';
import { cachePaths, expandBraces } from './cache-paths.js';
import type { TakenWord } from './directory-removal.js';

/** Where a script starts, and where its words count from. */
export interface Place {
  /** Undefined where it is not known. */
  readonly directory: string | undefined;
  /** Folders that the script may be in; undefined among them for one that is not known. */
  readonly folders: readonly (string | undefined)[];
}

/** Places where no image works. */
const ELSEWHERE =
  /^\/(?:tmp|var\/(?:tmp|cache|log|lib\/(?:apt|dpkg|dnf))|usr\/share\/(?:doc|man|locale|info)|etc|usr\/(?:local\/)?s?bin|s?bin)\/./;
/** A name with an extension: that of a file. */
const FILE = /\/[^/]*[^/.]\.[A-Za-z]\w*$/;

export function mayHold(script: Script, { text, value, inside }: TakenWord, place: Place): boolean {
  const written = (value ?? text).replace(/["']/g, '') + (inside === true ? '/*' : '');
  if (cachePaths(written).inside || (value === undefined && isTemporary(script, written))) return false;
  const paths = value === undefined ? expandBraces(written) : [written];
  return paths.some((path) => place.folders.some((folder) => mayHoldFrom(folder, path, place.directory)));
}

/** `$X` where the script says `X=$(mktemp -d)`. */
function isTemporary({ text }: Script, written: string): boolean {
  const name = /^\$\{?(\w+)\}?/.exec(written)?.[1];
  return name !== undefined && new RegExp(`\\b${name}=["']?\\$\\(mktemp\\b`).test(text);
}

function mayHoldFrom(folder: string | undefined, written: string, directory: string | undefined): boolean {
  const open = written.search(/[$`*?[{]|^~/);
  if (open < 0 && (folder !== undefined || written.startsWith('/')))
    return isOrHolds(imagePath(folder, written), directory);
  // The folders on the way to what is not known stay.
  const fixed = open < 0 ? '' : written.slice(0, written.lastIndexOf('/', open) + 1);
  const anywhere = /^[$`~]/.test(written) || (folder === undefined && !written.startsWith('/'));
  return (anywhere || isBelow(imagePath(folder, fixed || '.'), directory)) && mayEndAs(written, directory);
}

function isOrHolds(path: string, directory: string | undefined): boolean {
  if (directory !== undefined) return isWithin(path, directory);
  if (isUnknown(path)) return path === UNKNOWN_DIRECTORY || !isWithin(UNKNOWN_DIRECTORY, path);
  return !ELSEWHERE.test(`${path}/.`) && !FILE.test(path);
}

/** The directory may lie in that folder. */
function isBelow(folder: string, directory: string | undefined): boolean {
  if (directory !== undefined) return folder !== directory && isWithin(folder, directory);
  return isUnknown(folder) ? !isWithin(UNKNOWN_DIRECTORY, folder) : !ELSEWHERE.test(`${folder}/.`);
}

/** By how its last name ends, as far as that is known. */
function mayEndAs(written: string, directory: string | undefined): boolean {
  const name = baseName(trimSlashes(written));
  const end = name.replace(/^.*(?:[}`)*?\]~]|\$(?:\w+|[@*#?$!-])?)/s, '');
  if (end === '' || end === '.' || end === '..') return true;
  if (directory === undefined) return !FILE.test(`/${name}`);
  return directory.split('/').some((part) => (end === name ? part === name : part.endsWith(end)));
}
