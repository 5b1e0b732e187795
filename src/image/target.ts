import { expandKnown } from '../dockerfile/expand.js';
import { imagePath, isAbsolutePath } from '../paths.js';
import type { Config, Target } from './types.js';

/** Where a destination of COPY or ADD leads; undefined where a variable in it is not known. */
export function readTarget(destination: string, sources: number, config: Config, escape: string): Target | undefined {
  const text = expandKnown(destination, config.variables.get, escape);
  if (text === undefined) return undefined;
  const path = imagePath(config.workdir, text);
  const named = /(?:^|\/)\.{0,2}$/.test(text);
  return { path, absolute: isAbsolutePath(text), isDirectory: named || sources > 1 || path === config.workdir };
}
