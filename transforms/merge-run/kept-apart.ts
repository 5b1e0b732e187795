/** What keeps two neighbouring RUNs apart although they are one kind of work. */
import { rangesBetween } from '../../src/dockerfile/layout.js';
import { isPragma } from '../../src/dockerfile/pragmas.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { packageAction } from '../../src/commands/packages.js';
import type { ChainLink } from '../../src/edits/run-chain.js';
import { smallerTogether } from './related.js';
import type { Command, Script } from '../../src/shell/types.js';

const KEEP_APART =
  /\b(?:cache|cached|caching|layer|layers|separate|separately|keep|split|own RUN|don't merge|do not merge)\b/i;

/** A comment between the two asks for it, or is written to a linter. */
export function saysKeepApart({ comments, text }: Dockerfile, left: Instruction, right: Instruction): boolean {
  const between = rangesBetween(comments, left.end, right.start);
  return between
    .map(({ start, end }) => text.slice(start, end))
    .some((comment) => KEEP_APART.test(comment) || isPragma(comment));
}

/**
 * The next RUN is a step of its own: the author says by a comment what it is for, and joining would not make the image smaller;
 * or package work that has cleaned up after itself is followed by something set apart, or would need { …; } to be joined.
 */
export function isOwnStep(
  dockerfile: Dockerfile,
  { instruction, script }: ChainLink,
  next: ChainLink,
  grouped: boolean,
): boolean {
  const between = [instruction.end, next.instruction.start] as const;
  const commented = rangesBetween(dockerfile.comments, ...between).length > 0;
  const smaller = next.script.commands.every(takesAway) || smallerTogether(script, next.script) !== undefined;
  if (commented && !smaller) return true;
  const apart = commented || /\n\s*\n/.test(dockerfile.text.slice(...between));
  return (
    isComplete(script) && (grouped || (apart && (isComplete(next.script) || !next.script.commands.some(takesAway))))
  );
}

/** True for package work that empties the caches which it has filled: it leaves nothing for a later RUN to clean up. */
function isComplete({ commands }: Script): boolean {
  const filled = new Set<string>();
  let worked = false;
  for (const command of commands) {
    const action = packageAction(command);
    const cache = action?.program.row?.manager?.cache;
    if (cache !== undefined && /^(?:update|install|upgrade)$/.test(action?.kind ?? '')) {
      filled.add(cache);
      worked = true;
    }
    for (const emptied of cachesEmptied(command)) filled.delete(emptied);
  }
  return worked && filled.size === 0;
}

/** It takes packages away or cleans up: that saves nothing in a layer of its own. */
function takesAway(command: Command): boolean {
  return /^(?:remove|clean)$/.test(packageAction(command)?.kind ?? '') || cachesEmptied(command).length > 0;
}
