import type { Problem, Result } from '../engine/types.js';

export interface FileProblem {
  readonly kind: Problem['kind'] | 'find' | 'read' | 'write' | 'config';
  /** As shown: relative to the working folder when inside it. */
  readonly path: string;
  readonly line: number | undefined;
  readonly message: string;
  readonly transform: string | undefined;
}

/** A file of the build context that was, or would be, written. */
export interface ContextFile {
  readonly path: string;
  /** Undefined when it is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What happened to one Dockerfile of a run. */
export interface FileReport extends Omit<Result, 'problems' | 'contextEdits'> {
  readonly path: string;
  /** False where only a problem is to be told: nothing could be read. */
  readonly read: boolean;
  /** Where the build context is and how it was found, or why there is none. */
  readonly context: { readonly root: string; readonly origin: string } | { readonly reason: string } | undefined;
  readonly contextFiles: readonly ContextFile[];
  readonly problems: readonly FileProblem[];
  /** How often the transforms of a higher level would change what is left, by name; empty unless asked for. */
  readonly more: Readonly<Record<string, number>>;
}
