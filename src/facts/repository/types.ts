/** Files of the repository that a Dockerfile is in, also beyond its build context: paths are relative to its root. */
export interface Repository {
  exists(path: string): 'file' | 'directory' | undefined;
  /** Names in a directory, sorted; undefined when it is none. `''` is the root. */
  list(directory: string): readonly string[] | undefined;
  /** UTF-8 text of a file; undefined when there is none or it is large or binary. */
  read(path: string): string | undefined;
}
