import { readableStack } from './terminal/readable-stack.js';

/** One line for an error of the user; any other error is a bug of dockmod, or of a plug-in, and has its stack. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return `error ${String(error)}\n`;
  const known = ['UsageError', 'UnknownTransformError'].includes(error.name);
  return `error ${known ? error.message + framesOf(error) : readableStack(error)}\n`;
}

/** Where a plug-in failed. */
function framesOf(error: Error): string {
  return 'frames' in error && typeof error.frames === 'string' ? `\n${error.frames}` : '';
}
