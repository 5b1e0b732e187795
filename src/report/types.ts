import type { Level } from '../engine/levels.js';
import type { Problem, Result } from '../engine/types.js';

export interface FileProblem {
  readonly kind: Problem['kind'] | 'find' | 'read' | 'write' | 'config' | 'timeout';
  /** Relative to the working folder when inside it. */
  readonly path: string;
  readonly line: number | undefined;
  readonly message: string;
  readonly transform: string | undefined;
  /** Where a plug-in failed: frames of its own code, a line each. */
  readonly stack?: string | undefined;
}

/** A file of the build context that was, or would be, written. */
export interface ContextFile {
  readonly path: string;
  /** Undefined when it is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Why a file with a Dockerfile's name, or a folder, was not looked into. */
export interface Skip {
  readonly kind: 'template' | 'generated' | 'no-from' | 'gitignore' | 'exclude' | 'test-data';
  readonly reason: string;
}

/** The result for one Dockerfile of a run. */
export interface FileReport extends Omit<Result, 'problems' | 'contextEdits'> {
  readonly path: string;
  /** False when the file was not read: the report then holds only problems, or why it was skipped. */
  readonly read: boolean;
  readonly skipped?: Skip | undefined;
  /** Root of the build context and how it was found, or why there is none; undefined when none was needed. */
  readonly context:
    | { readonly root: string; readonly origin: string }
    | { readonly root?: undefined; readonly reason: string }
    | undefined;
  readonly contextFiles: readonly ContextFile[];
  readonly problems: readonly FileProblem[];
  /** That the run went up to in this file; undefined when it could not be read. */
  readonly level: Level | undefined;
  /** Changes that level unsafe would add, by transform; empty unless `preview` asks for them. */
  readonly more: Readonly<Record<string, number>>;
}
