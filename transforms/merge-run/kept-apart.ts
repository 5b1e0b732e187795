/** What keeps two neighbouring RUNs apart although they are one kind of work. */
import { rangesBetween } from '../../src/dockerfile/layout.js';
import { isPragma } from '../../src/dockerfile/pragmas.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { packageAction } from '../../src/commands/packages.js';
import type { ChainLink } from '../../src/edits/run-chain.js';
import type { Script } from '../../src/shell/types.js';

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
 * Package work that has cleaned up after itself is a step of its own where the author sets what follows apart, or where
 * joining the two would need { …; }: the layer gets no smaller.
 */
export function isOwnStep(
  { text }: Dockerfile,
  { instruction, script }: ChainLink,
  next: ChainLink,
  grouped: boolean,
): boolean {
  const apart = /\n\s*\n|#/.test(text.slice(instruction.end, next.instruction.start));
  return isComplete(script) && (grouped || (apart && (isComplete(next.script) || !takesAway(next.script))));
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

/** True for a script that takes packages away or cleans up: that saves nothing in a layer of its own. */
function takesAway({ commands }: Script): boolean {
  return commands.some(
    (command) => /^(?:remove|clean)$/.test(packageAction(command)?.kind ?? '') || cachesEmptied(command).length > 0,
  );
}
