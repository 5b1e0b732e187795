import { insertBefore } from '../../src/edits/instructions.js';
import { twinsOf } from '../../src/dockerfile/twins.js';
import { stagesBeside } from '../../src/dockerfile/stages.js';
import { insertCommand, removeCommand } from '../../src/edits/run-members.js';
import { ABOUT_PACKAGE_LISTS, takeOut, type TakenOut } from '../../src/edits/take-out.js';
import { sameFlags } from '../../src/dockerfile/words.js';
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import { changeAlike } from '../../src/engine/change-alike.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Finding } from '../../src/engine/types.js';
import { followsSuccess, isPlainList, memberOf, type Member } from '../../src/shell/command-list.js';
import type { Command, Script } from '../../src/shell/types.js';
import { lateInstalls, type LateInstall, type Lists } from './apt-list-flow.js';
import { sudoOf, updateText } from './update-text.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';

/**
 * Gives an install the `apt-get update` that it relies on: from an earlier RUN, the build cache keeps an old index under a new
 * install, and the lists stay in the image.
 *
 *     RUN apt-get update && apt-get install -y git   →   RUN apt-get update && apt-get install -y git
 *     COPY . .                                           COPY . .
 *     RUN apt-get install -y curl                        RUN apt-get update && apt-get install -y curl
 */
export const updateAptBeforeInstall = defineTransform({
  name: 'update-apt-before-install',
  group: 'packages',
  summary: 'Update the apt lists in every RUN that installs from them.',
  level: 'guarded',
  covers: ['practice/layer-caching'],
  mayChange: ['commands', 'order'],
  docs: `Gives a RUN that installs from the apt lists of an earlier RUN an apt-get update of its own, spelled like the earlier one:
otherwise the build cache keeps old lists under a new install, and they can't be removed. Where nothing else needs the
earlier update, it moves. What is installed is the same in a build without cache.

Refuses: package sources that change in between, which the install did not see; an update that may fail unnoticed, is conditional or
holds variables, or runs with other flags; a script in between that may install from the lists, too; an install in a condition or loop.`,
  *find(input) {
    const { dockerfile, image } = input;
    if (dockerfile.instructions.filter(mayRunApt).length < 2) return;
    const all = lateInstalls(dockerfile, image, input.facts.context);
    const findingsOf = (instruction: Instruction): readonly Finding[] =>
      all
        .filter((late) => late.instruction === instruction)
        .map((late) => {
          const readers = all.filter(({ lists }) => lists.update === late.lists.update).length;
          return findingFor(dockerfile, late, readers);
        });
    yield* changeAlike(dockerfile, new Set(all.map(({ instruction }) => instruction)), findingsOf);
  },
});

function mayRunApt({ keyword, body, heredocs }: Instruction): boolean {
  return keyword === 'RUN' && (heredocs.length > 0 || /\bapt|rosdep|pybombs|nodesource/.test(body.text));
}

/** With more, the updates would take longer than the lists are worth. */
const MOST_READERS = 4;

function findingFor(dockerfile: Dockerfile, late: LateInstall, readers: number): Finding {
  const { lists, instruction } = late;
  const plan: Plan | Refusal =
    readers > MOST_READERS
      ? refuse('many', `${readers} RUNs do, and each would have to update them`)
      : planFor(dockerfile, late);
  if (isRefusal(plan))
    return leaveAlone(
      plan.code,
      `the RUN on line ${instruction.startLine} installs from earlier apt lists: ${plan.reason}`,
      instruction,
    );
  const message = plan.moved
    ? `Move apt-get update into the RUN that installs: apart, its lists may come from an old build cache`
    : `Update the apt lists in the RUN that installs from them: those of line ${lists.instruction.startLine} may come from an old build cache`;
  return change(message, instruction, plan.edits);
}

interface Plan {
  readonly moved: boolean;
  readonly edits: readonly Edit[];
}

function planFor(dockerfile: Dockerfile, { lists, instruction, run, command }: LateInstall): Plan | Refusal {
  if (lists.changed !== undefined)
    return refuse('sources-change', `line ${lists.changed} changes the package sources after the update`);
  if (lists.perhaps !== undefined) return refuse('perhaps-read', `line ${lists.perhaps} may install from them, too`);
  if (!sameFlags(lists.update.flags, instruction.flags))
    return refuse('flags-differ', 'their update runs with other flags, which it may need');
  const update = updateText(lists);
  if (update === undefined)
    return refuse('update-unclear', 'their update is conditional, may fail unnoticed, or holds variables');
  const place = placeFor(run.script, command);
  if (place === undefined) return refuse('not-plain', 'it does so in a condition, a loop or beside ||');
  const text = (sudoOf(command, run.script) ?? '') + update;
  const added = insertCommand(dockerfile, instruction, run, place, text);
  const shared = twinsOf(dockerfile, lists.instruction).length > 0 || othersGoOn(dockerfile, lists, instruction);
  if (lists.read || shared || !lists.update.plain) return { moved: false, edits: [added] };
  if (lists.unknown !== undefined) return refuse('perhaps-read', `line ${lists.unknown} may use them, too`);
  if (!isPlainList(run.script)) return refuse('not-plain', 'its failure would not end the build there');
  const removed = removalOf(dockerfile, lists);
  if (removed === undefined) return refuse('update-unclear', 'their update can not be taken from its place');
  const told = removed.comments.length > 0 ? [insertBefore(dockerfile, instruction, removed.comments)] : [];
  return { moved: true, edits: [removed.edit, ...told, added] };
}

/** Stages are built on the lists that do not hold the install: they may read them, too. */
function othersGoOn(dockerfile: Dockerfile, { stage }: Lists, { stageIndex }: Instruction): boolean {
  const installs = dockerfile.stages[stageIndex];
  return installs !== undefined && installs !== stage && stagesBeside(dockerfile, stage, installs).length > 0;
}

/** Takes the update out of its list, or the RUN with it, and with what is said of it, where there is nothing else. */
function removalOf(dockerfile: Dockerfile, { instruction, run, update: { command } }: Lists): TakenOut | undefined {
  if (!isPlainList(run.script)) return undefined;
  if (run.script.statements[0]?.members.length === 1) return takeOut(dockerfile, instruction, ABOUT_PACKAGE_LISTS);
  const edit = removeCommand(dockerfile, run, command);
  return edit && { edit, comments: [] };
}

/** The member of a top-level list that an update can be put before: the command is it, or in a pipeline, subshell or group of it. */
function placeFor(script: Script, command: Command): Member | undefined {
  const member = memberOf(script, command);
  const plain = command.within.every((kind) => kind === 'pipeline' || kind === 'subshell' || kind === 'group');
  // Before `||`, an update that fails would no longer end the build.
  const certain = member?.list.background === false && !member.list.operators.includes('||');
  return plain && certain && followsSuccess(member) ? member : undefined;
}
