/** A build as some file says it. Paths are as written: they may hold variables. */
export interface WrittenBuild {
  /** Absolute folders that the paths may be relative to; which one is told by where the Dockerfile is. */
  readonly bases: readonly string[];
  readonly context: string;
  /** Undefined: `Dockerfile` in the context. */
  readonly dockerfile: string | undefined;
  /** The Dockerfile's path is relative to the context, as in compose and bake files, not to where the command runs. */
  readonly inContext: boolean;
  /** For messages: `Makefile:12`. */
  readonly where: string;
}

/** Reads the builds of one file. @param file absolute @param top the folder that the project's commands run in */
export type BuildReader = (file: string, text: string, top: string) => readonly WrittenBuild[];
