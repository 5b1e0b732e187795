import type { Result } from '../engine/types.js';
import type { FileProblem, FileReport, Skip } from '../report/types.js';
import type { Settings } from './config/types.js';

/** A Dockerfile to be fixed. */
export interface Job {
  /** Absolute. */
  readonly path: string;
  /** The path in reports. */
  readonly shown: string;
  /** The search for its build context ends at this folder. */
  readonly root: string;
  /** The build context, if given; absolute. */
  readonly context: string | undefined;
  /** Why there is no build context; then none is searched. */
  readonly noContext?: string | undefined;
  readonly settings: Settings;
  /** The file was named itself: then it is taken for a Dockerfile whatever is in it. */
  readonly named: boolean;
  /** Seconds that it may take; default: `DEFAULT_FILE_TIMEOUT`. */
  readonly timeout?: number | undefined;
}

/** The result of a job, as plain data that a worker thread can send. Nothing is written yet. */
export type Outcome =
  | {
      readonly result: Result;
      readonly context: FileReport['context'];
      readonly more: Readonly<Record<string, number>>;
    }
  | { readonly skipped: Skip }
  | {
      readonly error: {
        readonly kind: FileProblem['kind'];
        readonly message: string;
        readonly line: number | undefined;
        readonly transform?: string | undefined;
      };
    };
