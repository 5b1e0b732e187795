import type { TextTest } from '../../text-test.js';

/** Where a script runs: what the names in it stand for. */
export interface Scene {
  /** Folders that it may be in, as paths of the image; several after a `cd`. */
  readonly directories: readonly (string | undefined)[];
  /** What `"$@"` gives. */
  readonly args: readonly string[];
  /** The value that ENV, ARG or a script around it gives a variable. */
  readonly variable: (name: string) => string | undefined;
  /** The file at a path of the image. */
  readonly file: (path: string) => SceneFile | undefined;
  /** The file that this Dockerfile brings into PATH under that name. */
  readonly command: (name: string) => SceneFile | undefined;
  /** Whether programs that are made from the build context name apt. */
  readonly sources: Sources;
  /** A command of the image's RUNs prints a line that names apt: a job, a script. */
  readonly printsApt: () => boolean;
  /** The image installs a package of that name. */
  readonly brings: (name: string) => boolean;
  /** A compiler or build tool runs: a program that nothing brings is its work. */
  readonly compiles: () => boolean;
  /** A bare name that is not known is a tool that the project's own packages bring. */
  readonly tools: boolean;
}

/** A file that is run. */
export interface SceneFile {
  /** Path in the image. */
  readonly path: string;
  /** Undefined where it can't be read. */
  readonly text: string | undefined;
  /** Another file can't have taken its place. */
  readonly certain: boolean;
  /** It is built in an earlier stage or comes out of another image, so that it is no script of the build context. */
  readonly made: boolean;
}

export interface Sources {
  /** The build context is known, and all files that it needs are there. */
  readonly known: boolean;
  /** A file in a language, or any, that names apt; a script counts where another file names it. Undefined: none does. */
  readonly mention: (kind: string) => string | undefined;
  /** A program of the build context, or its package.json, whose text matches. */
  readonly says: (pattern: TextTest) => string | undefined;
}
