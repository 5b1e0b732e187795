import type { TransformSetting } from '../../engine/select.js';
import type { Level } from '../../engine/levels.js';
import type { OptionValues } from '../../engine/options.js';
import type { ExcludedTree } from './exclude-trees.js';

/** Choices for all files, or for those of an override. */
export interface Choice {
  readonly level?: Level | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly transforms?: Readonly<Record<string, TransformSetting>> | undefined;
}

export interface Override extends Choice {
  readonly files: readonly string[];
}

/** The content of a configuration file. */
export interface ConfigInput extends Choice {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** Presets of patterns. */
  readonly excludeTrees?: readonly ExcludedTree[] | undefined;
  readonly plugins?: readonly string[] | undefined;
  readonly overrides?: readonly Override[] | undefined;
}

/** Options of a run; they go before the configuration. */
export interface RunOptions {
  readonly level?: Level | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  /** The build context of all files; by default it is found for each. */
  readonly context?: string | undefined;
  /** The configuration file; by default those from the root of the repository, or of the folder named, down to each Dockerfile. */
  readonly config?: string | undefined;
  /** Modules of custom transforms. */
  readonly plugins?: readonly string[] | undefined;
  /** False: the plug-ins that a configuration names are not loaded. */
  readonly configPlugins?: boolean | undefined;
  /** False: what the configuration excludes is taken too. */
  readonly exclude?: boolean | undefined;
  /** Relative paths start here; default `.`. */
  readonly cwd?: string | undefined;
  /** Lay out what was fixed with Prettier, which must be installed beside dockmod. */
  readonly format?: boolean | undefined;
  /** Write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Threads for a run over many files; 1 does everything in this one. Default: one per core, 8 at most. */
  readonly jobs?: number | undefined;
  /** Seconds that a Dockerfile may take; then it is skipped, and reported as a problem. Default: 10. */
  readonly fileTimeout?: number | undefined;
  /** Also count what level unsafe would change. */
  readonly preview?: boolean | undefined;
  /** Called with what a configuration says to no effect, once for each; the text names the file. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Called once with the number of files, before the first is fixed. */
  readonly onStart?: ((files: number) => void) | undefined;
}

/** What to do with a file, as plain data that can be sent to a worker thread. */
export interface Settings {
  /** Names, in the order in which they run. */
  readonly transforms: readonly string[];
  /** Changes above it are left alone: see `FixOptions`. */
  readonly level: Level;
  readonly options: OptionValues;
  /** Absolute paths of modules with custom transforms. */
  readonly plugins: readonly string[];
  /** All transforms are loaded: a name in an ignore comment that none has is wrong. */
  readonly judgeNames?: boolean | undefined;
  /** Names of transforms whose changes are only counted, on the result of the others; undefined when nothing is counted. */
  readonly preview: readonly string[] | undefined;
  /** Lay out the result: see `RunOptions`. */
  readonly format?: boolean | undefined;
}
