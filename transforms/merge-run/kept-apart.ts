/** What keeps two neighbouring RUNs apart although they are one kind of work. */
import { adjoinsNext, attachedComments, rangesBetween } from '../../src/dockerfile/layout.js';
import { isHeading } from '../../src/dockerfile/headings.js';
import { isPragma } from '../../src/dockerfile/pragmas.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { packageAction } from '../../src/commands/packages.js';
import type { ChainLink, RunChain } from '../../src/edits/run-chain.js';
import type { Script } from '../../src/shell/types.js';
import { followed } from '../../src/text-test.js';
import { takesAway, type Relation } from './related.js';

const KEEP_APART = /\b(?:separate|separately|keep|split|own RUN|don't merge|do not merge)\b/i;
const OF_CACHING = /\b(?:cache|cached|caching|layer|layers)\b/i;
/** Of `apk -t`, a name of its own for what is installed. */
const REPOSITORY_OPTIONS = ['-X', '--repository', '--target-release', '--enablerepo', '--repo', '--from'];

const ONE_LINE = followed(/\b(?:stay|keep|kept|remain)\b/i, /\bone (?:long |single )?line\b/i, /\n/);

/** A comment above or between the two asks for it, or is written to a linter. One above a cleanup speaks of what it keeps small. */
export function saysKeepApart(
  dockerfile: Dockerfile,
  left: Instruction,
  right: ChainLink,
): 'above' | 'between' | undefined {
  const above = attachedComments(dockerfile, left).map(({ start, end }) => dockerfile.text.slice(start, end));
  if (above.some((comment) => ONE_LINE.test(comment))) return 'above';
  const cleansUp = right.script.commands.every(takesAway);
  const asks = (comment: string): boolean =>
    KEEP_APART.test(comment) || (!cleansUp && OF_CACHING.test(comment)) || isPragma(comment);
  return commentsBetween(dockerfile, left, right.instruction).some(asks) ? 'between' : undefined;
}

/**
 * The next RUN is a step of its own, by what the author wrote around it: comments would no longer tell what they do, or nothing is
 * gained.
 */
export function isOwnStep(
  dockerfile: Dockerfile,
  { links }: RunChain,
  next: ChainLink,
  { gain }: Relation,
  grouped: boolean,
): boolean {
  const [first] = links;
  const last = links.at(-1);
  if (first === undefined || last === undefined) return true;
  if (startsWithSet(next.script)) return true;
  const cleansUp = next.script.commands.every(takesAway);
  if (!cleansUp && [last, next].some(({ script }) => script.compounds.some(({ within }) => within.length === 0)))
    return true;
  if (otherRepositories(last.script, next.script)) return true;
  const [left, right] = [last.instruction, next.instruction];
  const comments = commentsBetween(dockerfile, left, right);
  if (comments.length > 0) return gain !== 'size' || !cleansUp || !describeAlone(dockerfile, comments, right);
  const blank = hasBlankLine(dockerfile, left.end, right.start);
  if (blank && gain === 'layers') return true;
  if (blank && gain === 'packages' && attachedComments(dockerfile, first.instruction).length > 0) return true;
  return isComplete(last.script) && (grouped || (blank && (isComplete(next.script) || !cleansUp)));
}

/** Both install packages, and of different repositories: one may change every day, and the layer of the other is cached. */
function otherRepositories(left: Script, right: Script): boolean {
  const [one, other] = [repositoriesOf(left), repositoriesOf(right)];
  return one !== undefined && other !== undefined && one !== other;
}

/** Those that its installs are given beside the system's: `--repository …/edge/testing`; undefined where it installs nothing. */
function repositoriesOf({ commands }: Script): string | undefined {
  const actions = commands.flatMap((command) => packageAction(command) ?? []);
  const installs = actions.filter(({ kind }) => kind === 'install');
  if (installs.length === 0) return undefined;
  const named = installs.flatMap((action) => [
    ...action.options(...REPOSITORY_OPTIONS, ...(action.manager === 'apt' ? ['-t'] : [])),
    ...action.operands.flatMap(({ text }) => /(?<=.)@\w+$/.exec(text)?.[0] ?? []),
  ]);
  return [...new Set(named)].sort().join(' ');
}

function commentsBetween({ comments, text }: Dockerfile, left: Instruction, right: Instruction): readonly string[] {
  return rangesBetween(comments, left.end, right.start).map(({ start, end }) => text.slice(start, end));
}

/** `set -x; …`: the author begins a script, which is none in the middle of another. */
function startsWithSet({ commands }: Script): boolean {
  return commands[0]?.name?.value === 'set';
}

/** The comments are directly above the RUN and tell of it alone: what they say stays true where they are inside another. */
function describeAlone(dockerfile: Dockerfile, comments: readonly string[], run: Instruction): boolean {
  if (adjoinsNext(dockerfile, run) || comments.some(isHeading)) return false;
  return attachedComments(dockerfile, run).length === comments.length;
}

function hasBlankLine({ text }: Dockerfile, start: number, end: number): boolean {
  return /\n\s*\n/.test(text.slice(start, end));
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
