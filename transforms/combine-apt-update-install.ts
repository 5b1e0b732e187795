import { rangesBetween } from '../src/dockerfile/layout.js';
import { hasPragma } from '../src/dockerfile/pragmas.js';
import type { Dockerfile, Instruction } from '../src/dockerfile/types.js';
import { changeAlike } from '../src/engine/change-alike.js';
import { defineTransform } from '../src/engine/define.js';
import { change, leaveAlone } from '../src/engine/finding.js';
import type { Finding } from '../src/engine/types.js';
import type { ImageState } from '../src/image/types.js';
import { isCacheCleanup } from '../src/commands/caches.js';
import { isIn } from '../src/commands/catalogue/index.js';
import { packageAction } from '../src/commands/packages.js';
import { programOf } from '../src/commands/program.js';
import { formOf } from '../src/commands/join.js';
import {
  chainForms,
  chainLink,
  extendChain,
  startChain,
  type ChainLink,
  type RunChain,
} from '../src/edits/run-chain.js';
import { joinRuns, moveIntoRun } from '../src/edits/run-join.js';
import { isRefusal, refuse, type Refusal } from '../src/refusal.js';

/** Instructions that neither an update nor an install can see. */
const METADATA = new Set(['LABEL', 'MAINTAINER', 'EXPOSE', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'STOPSIGNAL']);

/**
 * Puts `apt-get update` into the RUN that installs: apart, the build cache keeps an old index under a new install.
 *
 *     RUN apt-get update               →   RUN apt-get update && \
 *     RUN apt-get install -y git               apt-get install -y git
 */
export const combineAptUpdateInstall = defineTransform({
  name: 'combine-apt-update-install',
  group: 'packages',
  summary: 'Put apt-get update, the install that needs it and its cleanup into one RUN.',
  level: 'safe',
  covers: ['hadolint/DL3009'],
  mayChange: [],
  docs: `Joins a RUN that only updates the apt lists with the next RUN, which installs from them, and with a RUN after it that only cleans
up. Instructions between them that neither can see (LABEL, EXPOSE, CMD …) stay where they are. Where a comment is between them, the
update goes below it, into the RUN of which it tells, and takes along the comment that tells of the update.

Refuses: another RUN, COPY, ENV, ARG, USER or WORKDIR between them; flags that differ; heredocs; whatever the join can't prove.`,
  *find({ dockerfile, image }) {
    if (!/\bapt/.test(dockerfile.text)) return;
    yield* changeAlike(dockerfile, dockerfile.instructions, (one) => combine(dockerfile, image, one));
  },
});

function* combine(dockerfile: Dockerfile, image: ImageState, update: Instruction): Generator<Finding> {
  const stage = dockerfile.stages[update.stageIndex];
  if (update.keyword !== 'RUN' || stage === undefined) return;
  const link = chainLink(dockerfile, image, update);
  if (isRefusal(link) || !onlyUpdates(link)) return;
  const rest = stage.instructions.slice(stage.instructions.indexOf(update) + 1);
  const at = rest.findIndex((instruction) => !METADATA.has(instruction.keyword));
  const install = rest[at];
  if (install === undefined) return;
  const next =
    install.keyword === 'RUN'
      ? chainLink(dockerfile, image, install)
      : refuse('something-between', `${install.keyword} comes before the install`);
  if (isRefusal(next) || firstAptAction(next) !== 'install') {
    const why = isRefusal(next) ? next.reason : `the RUN on line ${install.startLine} comes before the install`;
    if (installsLater(dockerfile, image, rest))
      yield leaveAlone(
        'something-between',
        `the apt-get update on line ${update.startLine} stays apart: ${why}`,
        update,
      );
    return;
  }
  const commented = rangesBetween(dockerfile.comments, update.end, install.start).length > 0;
  if (commented && hasPragma(dockerfile, update)) {
    const where = `the apt-get update on line ${update.startLine} stays apart`;
    yield leaveAlone('comment', `${where}: the comment above it tells a linter what to overlook there`, update);
    return;
  }
  const joins = at === 0 && !commented;
  const cleanup = joins ? cleanupAfter(dockerfile, image, rest[1]) : undefined;
  const chain = startChain(link);
  const refusal = joinProblem(chain, next, cleanup);
  if (refusal !== undefined) {
    yield leaveAlone(
      refusal.code,
      `the RUNs on lines ${update.startLine} and ${install.startLine} stay apart: ${refusal.reason}`,
      update,
    );
    return;
  }
  const edits = joins ? joinRuns(dockerfile, chain) : moveIntoRun(dockerfile, link, next);
  yield change(
    'Put apt-get update into the RUN that installs: apart, its lists may come from an old build cache',
    { start: update.start, end: install.end },
    edits,
  );
}

/** Joins install and cleanup to the update, or says why they can't be; a cleanup that does not fit stays apart. */
function joinProblem(chain: RunChain, install: ChainLink, cleanup: ChainLink | undefined): Refusal | undefined {
  const refusal = extendChain(chain, install);
  if (refusal !== undefined) return refusal;
  if (chainForms(chain).includes('group')) return refuse('needs-group', 'one of them would need { …; } around it');
  if (cleanup !== undefined && formOf(cleanup.script) === 'bare') extendChain(chain, cleanup);
  return undefined;
}

function onlyUpdates({ script }: ChainLink): boolean {
  const working = script.commands.filter((command) => !isIn(programOf(command)?.row, 'neutral'));
  const isUpdate = (command: (typeof working)[number]): boolean => {
    const action = packageAction(command);
    return action?.manager === 'apt' && action.kind === 'update';
  };
  return working.length > 0 && working.every(isUpdate);
}

function firstAptAction({ script }: ChainLink): string | undefined {
  const actions = script.commands
    .map(packageAction)
    .filter((action) => action?.manager === 'apt' && action.kind !== 'other');
  return actions[0]?.kind;
}

function installsLater(dockerfile: Dockerfile, image: ImageState, rest: readonly Instruction[]): boolean {
  for (const instruction of rest.filter(({ keyword }) => keyword === 'RUN')) {
    const link = chainLink(dockerfile, image, instruction);
    const first = isRefusal(link) ? undefined : firstAptAction(link);
    if (first !== undefined) return first === 'install';
  }
  return false;
}

function cleanupAfter(
  dockerfile: Dockerfile,
  image: ImageState,
  instruction: Instruction | undefined,
): ChainLink | undefined {
  if (instruction?.keyword !== 'RUN') return undefined;
  const link = chainLink(dockerfile, image, instruction);
  return !isRefusal(link) && link.script.commands.every(isCacheCleanup) ? link : undefined;
}
