import type { ComposeService } from './builds/compose-services.js';

/** The build context: paths are relative to its root, with `/`, without a leading `./`. Answers don't change during a run. */
export interface BuildContext {
  /** For messages: how the context was found ("the Dockerfile's directory", "compose.yaml"). */
  readonly origin: string;
  /** Path of the Dockerfile within the context, when it lies inside. */
  readonly dockerfile: string | undefined;
  exists(path: string): 'file' | 'directory' | undefined;
  /** Names in a directory, sorted; undefined when it is none. `''` is the root. */
  list(directory: string): readonly string[] | undefined;
  /** UTF-8 text of a file up to 1 MiB (lock files up to 16 MiB); undefined when there is none or it is larger or binary. */
  read(path: string): string | undefined;
  /** The first bytes of a file, for magic numbers. */
  head(path: string, bytes: number): Uint8Array | undefined;
  /** A file that everybody may execute; undefined where that is not known, as on Windows. */
  executable(path: string): boolean | undefined;
  /** Excluded from the build by the ignore file that counts. */
  ignored(path: string): boolean;
  /** git leaves the path out, by the .gitignore files of the context's root and of the folders above it. */
  gitignored(path: string): boolean;
  /** The ignore file that counts for this Dockerfile: `<name>.dockerignore` before `.dockerignore`. */
  readonly ignoreFile: { readonly path: string; readonly text: string } | undefined;
  /** Why it is not certain that this is the context; undefined when it is, or was given. No file is written into a guessed one. */
  readonly guessed?: string | undefined;
  /** Every literal COPY source of the Dockerfile is here; false: files come from elsewhere, so a missing one proves nothing. */
  readonly complete: boolean;
  /**
   * Files and directories that match a COPY source pattern (Go's filepath.Match, `**` too), ignored ones left out, sorted;
   * undefined when the tree is too large to be searched.
   */
  glob(pattern: string): readonly string[] | undefined;
  /** Other Dockerfiles that lie in this context, at most three directories deep, sorted; without this one. */
  otherDockerfiles(): readonly string[];
  /** How compose files run the image: those of the context, of the folders above up to the repository's root, and of the folders in each. */
  composeServices(): readonly ComposeService[];
}

/** A file of the build context that a change creates or extends (`.dockerignore`). */
export interface ContextEdit {
  /** Relative to the context root. */
  readonly path: string;
  /** Undefined when the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}
