/** What is known of the outside. Every answer is undefined where it is not known: a transform then leaves the place alone. */

export type PackageManager = 'apt' | 'apk' | 'dnf' | 'microdnf' | 'yum' | 'tdnf' | 'pacman' | 'zypper';

export interface Account {
  readonly name: string;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly home?: string | undefined;
}

/** Facts about a base image, of one variant family (`node`, `node:…-alpine`). */
export interface BaseImage {
  /** Normalised name: `node`, `mcr.microsoft.com/dotnet/aspnet`. */
  readonly name: string;
  readonly distribution: string | undefined;
  readonly packageManager: PackageManager | undefined;
  /** What /bin/sh is: `dash`, `bash`, `busybox ash`, `none`. */
  readonly shell: string | undefined;
  readonly bash: boolean | undefined;
  /** groupadd and useradd exist. */
  readonly useradd: boolean | undefined;
  /** `busybox` takes -D and -S, `debian` is the Perl wrapper. */
  readonly adduser: 'busybox' | 'debian' | 'symlink to useradd' | undefined;
  /** Last USER, `root` when none. */
  readonly user: string | undefined;
  /** The account that a USER line could name. */
  readonly account: Account | undefined;
  readonly workdir: string | undefined;
  readonly entrypoint: readonly string[] | undefined;
  readonly cmd: readonly string[] | undefined;
  /** `8080/tcp`, `53/udp`. */
  readonly expose: readonly string[];
  readonly volumes: readonly string[];
  /** How the image deals with root: see `../../data`'s README. */
  readonly privilege: 'none' | 'entrypoint-drops' | 'workers-drop' | 'needs-root' | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** False where the facts are general knowledge, not read from the image's Dockerfile or documentation. */
  readonly certain: boolean;
}

export interface Pin {
  /** The tag that names the same image, most specific first by the granularity asked for. */
  readonly tag: string;
  /** ISO date of the table or `online`. */
  readonly date: string;
}

export interface ImageFacts {
  /** Facts for an image reference as written in FROM (`node:20-alpine`, `docker.io/library/node`). */
  base(reference: string): BaseImage | undefined;
  /** A concrete tag for a floating reference; a string is the reason why there is none. */
  pin(reference: string, granularity: 'patch' | 'minor' | 'major'): Pin | string;
}

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
  /** Excluded from the build by the ignore file that counts. */
  ignored(path: string): boolean;
  /** The ignore file that counts for this Dockerfile: `<name>.dockerignore` before `.dockerignore`. */
  readonly ignoreFile: { readonly path: string; readonly text: string } | undefined;
  /** Every literal COPY source of the Dockerfile is here; false: files come from elsewhere, so a missing one proves nothing. */
  readonly complete: boolean;
  /**
   * Files and directories that match a COPY source pattern (Go's filepath.Match, `**` too), ignored ones left out, sorted;
   * undefined when the tree is too large to be searched.
   */
  glob(pattern: string): readonly string[] | undefined;
  /** Other Dockerfiles that lie in this context, at most three directories deep, sorted; without this one. */
  otherDockerfiles(): readonly string[];
}

export interface Facts {
  readonly context: BuildContext | undefined;
  /** Why there is no context, for the reason of what is left alone. */
  readonly noContext?: string | undefined;
  readonly images: ImageFacts;
}
