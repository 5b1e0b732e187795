import type { TransformSetting } from '../../engine/select.js';
import type { Level, OptionValue } from '../../engine/types.js';

/** What holds for all files, or for those of an override. */
export interface Choice {
  readonly level?: Level | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly transforms?: Readonly<Record<string, TransformSetting>> | undefined;
}

export interface Override extends Choice {
  readonly files: readonly string[];
}

/** A configuration as written. */
export interface ConfigInput extends Choice {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly plugins?: readonly string[] | undefined;
  readonly overrides?: readonly Override[] | undefined;
}

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
