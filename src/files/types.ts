import type { Level, OptionValue } from '../engine/types.js';

/** What the user asks for, over what a configuration says. */
export interface RunOptions {
  readonly level?: Level | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  /** The build context of every file; without it, it is found for each. */
  readonly context?: string | undefined;
  /** The configuration file; without it, the nearest one above each Dockerfile. */
  readonly config?: string | undefined;
  /** Modules of custom transforms. */
  readonly plugins?: readonly string[] | undefined;
  /** Where relative paths start; `.` unless given. */
  readonly cwd?: string | undefined;
  /** Nothing is written. */
  readonly dryRun?: boolean | undefined;
  /** Worker threads for a run over many files; 1 keeps everything in this thread. */
  readonly jobs?: number | undefined;
  /** Count what the unsafe transforms would add. */
  readonly preview?: boolean | undefined;
  /** Called once, when the files are known. */
  readonly onStart?: ((files: number) => void) | undefined;
}

/** What is to be done with a file: plain data that goes to a worker. */
export interface Settings {
  /** Names in the order in which they run. */
  readonly transforms: readonly string[];
  readonly options: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;
  /** Absolute paths of modules with custom transforms. */
  readonly plugins: readonly string[];
  /** Transforms to be counted over the result. */
  readonly preview: readonly string[];
}

/** A Dockerfile to be fixed. */
export interface Job {
  /** Absolute. */
  readonly path: string;
  /** As shown. */
  readonly shown: string;
  /** The search for its context ends here. */
  readonly root: string;
  readonly context: string | undefined;
  /** Why there can be no context: then none is looked for. */
  readonly noContext?: string | undefined;
  readonly settings: Settings;
}

/** The run can't start: usage or configuration. The message names what is wrong and where. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something is wrong with one file; the others are done. `line` is 1-based. */
export class FileError extends Error {
  override readonly name = 'FileError';
  constructor(
    message: string,
    readonly kind: 'find' | 'read' | 'write' | 'config',
    readonly line?: number,
  ) {
    super(message);
  }
}
