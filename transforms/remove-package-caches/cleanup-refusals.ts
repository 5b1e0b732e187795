import { isRoot } from '../../src/image/account.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Around, CleanupTool, Installer } from './cleanup-tools.js';
import { keptCache } from './kept-caches.js';
import { needsListsLater, type Users } from './later-installs.js';
import { removedStrictly } from './later-removals.js';

/** Why a cache is not emptied at the end of the RUN that fills it. */
export function refuseCleanup(
  users: Users,
  tool: CleanupTool,
  filling: readonly Installer[],
  around: Around,
): Refusal | undefined {
  const { instruction, config } = around;
  const isSystem = !['npm', 'yarn', 'composer', 'conda'].includes(tool.cache);
  const root = config.user === undefined || isRoot(config.user);
  if (isSystem && !root && !filling.some(({ action }) => action.program.wrappers.includes('sudo')))
    return refuse('not-root', `the RUN runs as ${config.user}`);
  const strict = removedStrictly(users.dockerfile, instruction, tool.cache);
  return (
    strict ??
    (tool.cache === 'apt-lists' ? needsListsLater(users, instruction) : keptCache(users, tool.cache, filling, around))
  );
}
