/** The run can't start: usage or configuration. The message names what is wrong and where. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
