import { resolve } from 'node:path';
import type { Transform } from '../engine/types.js';
import { openConfigCache, wrongConfig } from './config/config-cache.js';
import { configTop } from './config/find.js';
import type { RunOptions } from './config/types.js';

/**
 * The transforms that a run in the working folder knows: the shipped ones, and those of plug-ins.
 * @throws UsageError when the configuration or a plug-in is wrong
 */
export async function knownTransforms(options: RunOptions): Promise<readonly Transform[]> {
  const cwd = resolve(options.cwd ?? '.');
  const { catalogue, settings } = await openConfigCache(options).scopeOf(cwd, configTop(cwd, cwd));
  if (typeof settings !== 'function') throw wrongConfig(settings);
  return catalogue;
}
