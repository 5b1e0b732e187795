/** Something is wrong with one file; the others are done. `line` is 1-based. */
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
