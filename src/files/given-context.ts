import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RunOptions } from './config/types.js';
import { UsageError } from './config/usage-error.js';

/** The build context that a run was given; absolute. @throws UsageError when it is no folder */
export function givenContext({ context }: RunOptions, cwd: string): string | undefined {
  if (context === undefined) return undefined;
  const folder = resolve(cwd, context);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new UsageError(`the build context ${context} is no folder`);
}
