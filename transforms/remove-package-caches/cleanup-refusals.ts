import { cachesEmptied } from '../../src/commands/caches.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { isRoot } from '../../src/image/account.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { parseScript } from '../../src/shell/parse.js';
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
  if (filling.some(({ command }) => command.within.includes('background')))
    return refuse('in-background', 'what fills it runs in the background, and may not have ended');
  const out = takenOut(users, tool, instruction);
  if (out !== undefined) return refuse('commented-out', `a comment in it has taken that out: \`${out}\``);
  const strict = removedStrictly(users.dockerfile, instruction, tool.cache);
  return (
    strict ??
    (tool.cache === 'apt-lists' ? needsListsLater(users, instruction) : keptCache(users, tool.cache, filling, around))
  );
}

/** The cleanup as a comment between the lines of the RUN: somebody wants none there. */
function takenOut({ dockerfile }: Users, { cache }: CleanupTool, { comments }: Instruction): string | undefined {
  const texts = comments.map(({ start, end }) => dockerfile.text.slice(start, end));
  const commands = texts.map((text) => text.replace(/[#&\\`]+/g, ' ').trim());
  return commands.find((text) => parseScript(text).commands.some((command) => cachesEmptied(command).includes(cache)));
}
