/** The command line or a configuration is wrong, so the run can't start. The message says what is wrong and where. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
