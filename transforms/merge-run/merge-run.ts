import { shippedStages } from '../../src/dockerfile/stages.js';
import type { Dockerfile, Instruction, Stage } from '../../src/dockerfile/types.js';
import { changeAlike } from '../../src/engine/change-alike.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Finding } from '../../src/engine/types.js';
import type { ImageState } from '../../src/image/types.js';
import { formOf } from '../../src/commands/join.js';
import { memoize } from '../../src/memoize.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { isOwnStep, saysKeepApart } from './kept-apart.js';
import { relation } from './related.js';
import { chainLink, extendChain, startChain, type ChainLink, type RunChain } from '../../src/edits/run-chain.js';
import { joinRuns } from '../../src/edits/run-join.js';

/**
 * Joins neighbouring RUNs that are one piece of work, in the file's own style. Separate steps stay separate: a maintainer keeps
 * them apart for the build cache.
 *
 *     RUN mkdir -p /srv/data            →   RUN mkdir -p /srv/data && \
 *     RUN chown www-data /srv/data              chown www-data /srv/data
 */
export const mergeRun = defineTransform({
  name: 'merge-run',
  group: 'run',
  summary: 'Join neighbouring RUN instructions that are one piece of work.',
  level: 'safe',
  covers: ['hadolint/DL3059'],
  mayChange: [],
  options: {
    scope: {
      type: 'string',
      default: 'related',
      values: ['related', 'final-stage', 'all'],
      description:
        'related: one piece of work, in what ships; final-stage: every neighbouring RUN there; all: in every stage',
    },
    'max-commands': {
      type: 'number',
      default: 0,
      description: 'the most commands that one RUN may hold; 0 is no limit',
    },
  },
  docs: `Joins neighbouring RUN instructions into one && chain, in the file's own style, comments between them included.

By default only RUNs that are one piece of work and gain by it, in the stages that ship: package-manager work; packages installed by
one tool; accounts; a RUN that takes away, moves or changes what the one before it made or changed, or empties the cache that it
filled. A file that a COPY brought stays in its layer, whatever removes it. A dependency install, a build and a test stay apart,
because the build cache profits from it; so do packages of other repositories, and package work that has cleaned up after itself, where the author sets what follows apart by a blank line, an if, a
loop, and what begins with set. A comment between two RUNs keeps them apart, unless it tells of the second alone, which takes away
what the first made.

A side with ; or || is put into { …; }, so that the same commands run, whichever one fails.

Refuses: flags that differ, heredocs, the exec form, a trailing comment, background jobs, scripts that can't be read, set -e where
&& would disable it, a changed directory, variable, option or trap that the other RUN could see, a command that takes the directory
away where the second RUN starts, or of which that is not known (none can take the root away), a SHELL that is no POSIX shell,
ONBUILD, and a comment between them that speaks of caching or keeping apart, or to a linter.`,
  *find({ dockerfile, image, options }) {
    const { scope } = options;
    const limit = options['max-commands'] || Infinity;
    const stages = scope === 'all' ? dockerfile.stages : shippedStages(dockerfile);
    const wanted = { any: scope !== 'related', limit };
    const joins = memoize((stage: Stage) => byStart(mergeStage(dockerfile, image, stage, wanted)));
    const findingsOf = ({ start, stageIndex }: Instruction): readonly Finding[] => {
      const stage = dockerfile.stages[stageIndex];
      return stage === undefined ? [] : (joins(stage).get(start) ?? []);
    };
    const instructions = stages.flatMap((stage) => stage.instructions);
    yield* changeAlike(dockerfile, instructions, findingsOf);
  },
});

function byStart(findings: Iterable<Finding>): ReadonlyMap<number, readonly Finding[]> {
  const found = new Map<number, Finding[]>();
  for (const finding of findings) {
    const { start } = finding.range;
    const beside = found.get(start);
    if (beside === undefined) found.set(start, [finding]);
    else beside.push(finding);
  }
  return found;
}

interface Wanted {
  /** Every neighbour, related or not. */
  readonly any: boolean;
  /** The most commands in one RUN. */
  readonly limit: number;
}

function* mergeStage(dockerfile: Dockerfile, image: ImageState, stage: Stage, wanted: Wanted): Generator<Finding> {
  let chain: RunChain | undefined;
  for (const [index, instruction] of stage.instructions.entries()) {
    const next = stage.instructions[index + 1];
    if (chain === undefined && instruction.keyword === 'RUN') {
      const link = chainLink(dockerfile, image, instruction);
      chain = isRefusal(link) ? undefined : startChain(link);
    }
    const refused =
      next?.keyword === 'RUN' && chain !== undefined ? tryJoin(dockerfile, image, chain, next, wanted) : true;
    if (refused === undefined) continue;
    if (refused !== true && next !== undefined) yield leaveAlone(refused.code, refused.reason, next);
    if (chain !== undefined) yield* joinChain(dockerfile, chain);
    chain = undefined;
  }
}

/** Undefined when the RUN has joined the chain; a refusal when it belongs there and can't; true when it is a step of its own. */
function tryJoin(
  dockerfile: Dockerfile,
  image: ImageState,
  chain: RunChain,
  instruction: Instruction,
  { any, limit }: Wanted,
): true | undefined | Refusal {
  const last = chain.links.at(-1);
  const next = chainLink(dockerfile, image, instruction);
  if (last === undefined) return true;
  if (isRefusal(next))
    return any ? refuse(next.code, `the RUN on line ${instruction.startLine} stays apart: ${next.reason}`) : true;
  const grouped = !any && [last, next].some(({ script }) => formOf(script) === 'group');
  const related = any ? undefined : relation(chain.join.scripts, next.script);
  if (!any && related === undefined) return true;
  if (Number.isFinite(limit) && countCommands([...chain.links, next]) > limit) return true;
  const line = `the RUNs on lines ${last.instruction.startLine} and ${instruction.startLine} stay apart`;
  const where = saysKeepApart(dockerfile, last.instruction, next);
  if (where !== undefined) return refuse('comment', `${line}: a comment ${where} them says so`);
  if (related !== undefined && isOwnStep(dockerfile, chain, next, related, grouped)) return true;
  const refusal = extendChain(grouped ? startChain(last) : chain, next);
  if (refusal === undefined && grouped)
    return refuse('needs-group', `${line}: one of them would need { …; } around it`);
  return refusal && refuse(refusal.code, `${line}: ${refusal.reason}`);
}

function countCommands(links: readonly ChainLink[]): number {
  return links.reduce((sum, { script }) => sum + script.commands.length, 0);
}

function* joinChain(dockerfile: Dockerfile, chain: RunChain): Generator<Finding> {
  const [first, second] = chain.links;
  if (first === undefined || second === undefined) return;
  const range = { start: first.instruction.start, end: chain.links.at(-1)?.instruction.end ?? first.instruction.end };
  const why = relation([first.script], second.script)?.why ?? 'they are neighbours in one stage';
  yield change(`Join ${chain.links.length} RUN instructions: ${why}`, range, joinRuns(dockerfile, chain));
}
