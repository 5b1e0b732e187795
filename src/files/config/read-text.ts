import { readFileSync } from 'node:fs';
import { describeError } from '../disk/errors.js';
import { decodeSource } from '../disk/read.js';
import { UsageError } from './usage-error.js';

/** Text of a file that the user names, without a byte order mark. @throws UsageError with the path */
export function readText(file: string): string {
  try {
    return decodeSource(readFileSync(file)).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`${file}: ${describeError(error)}`);
  }
}
