import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { describeError, FileError } from './errors.js';

/** No Dockerfile is larger. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Text of a file, including a byte order mark, so that encoding it as UTF-8 gives the same bytes.
 * @throws FileError when it can't be read, is not a regular file, or is not UTF-8
 */
export function readSource(path: string): string {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new FileError(stat.isDirectory() ? 'it is a folder' : 'it is not a regular file', 'read');
    if (stat.size > MAX_BYTES) throw new FileError(`it is larger than ${MAX_BYTES >> 20} MiB`, 'read');
    return decodeSource(readFileSync(path));
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(describeError(error), 'read');
  }
}

/** Decodes UTF-8. @throws FileError with the first line that is not UTF-8 */
export function decodeSource(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) throw new FileError('it is UTF-16: convert it to UTF-8', 'read', 1);
  throw new FileError('it is not UTF-8', 'read', firstBadLine(bytes));
}

function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}
