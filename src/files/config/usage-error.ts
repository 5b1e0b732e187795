/** The command line or a configuration is wrong, so the run can't start. The message says what is wrong and where. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    message: string,
    /** Where code of the user's own failed: see `foreignFrames`. */
    readonly frames?: string,
  ) {
    super(message);
  }
}
