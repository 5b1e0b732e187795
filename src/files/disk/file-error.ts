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
