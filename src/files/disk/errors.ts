/** An error in one file, which does not stop the others. `line` is 1-based. */
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

const MESSAGES: Readonly<Record<string, string>> = {
  ENOENT: 'the file does not exist',
  ENOTDIR: 'the file does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links form a cycle',
  ENOSPC: 'there is no space left on the disk',
  EDQUOT: 'there is no space left for this user',
  EFBIG: 'the file is larger than this process may write',
  EROFS: 'the file system is read-only',
};

/** What went wrong, as a person reads it: common errors of the file system in plain words, without the path. */
export function describeError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return MESSAGES[code] ?? (error instanceof Error ? error.message : String(error));
}
