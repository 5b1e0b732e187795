import type { Skip } from '../report/types.js';
import type { Scope } from './config/config-cache.js';
import type { FileError } from './disk/errors.js';

/** A Dockerfile to fix; with `error` why it can't be fixed, with `skipped` why it is none. */
export interface Found {
  /** Absolute. */
  readonly path: string;
  /** The search for its build context ends at this folder. */
  readonly root: string;
  readonly scope: Scope;
  /** It was named itself, not a folder that holds it. */
  readonly named?: true;
  readonly error?: FileError | undefined;
  readonly skipped?: Skip | undefined;
}
