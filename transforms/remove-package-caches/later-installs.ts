import { memoize } from '../../src/memoize.js';
import { stagesOn } from '../../src/dockerfile/stages.js';
import type { Dockerfile, Instruction, Stage } from '../../src/dockerfile/types.js';
import { firstUse, usesIn, usesLists } from '../../src/commands/apt/script.js';
import type { AptUse } from '../../src/commands/apt/use.js';
import { quoted } from '../../src/commands/apt/words.js';
import { mentionsApt } from '../../src/commands/apt/mention.js';
import { programOf } from '../../src/commands/program.js';
import type { Scene } from '../../src/commands/apt/scene.js';
import { isPosixShell } from '../../src/commands/shell-call.js';
import type { Facts } from '../../src/facts/types.js';
import { heredocBodies } from '../../src/dockerfile/heredoc.js';
import { mountsOf } from '../../src/dockerfile/mounts.js';
import { isInstalled } from '../../src/image/installed.js';
import { servicesOf } from '../../src/image/compose-start.js';
import { hasPosixShell } from '../../src/image/platform.js';
import { sceneAt, sceneAtStart } from '../../src/image/scene.js';
import type { ImageState } from '../../src/image/types.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { parseScript } from '../../src/shell/parse.js';
import { runScript } from '../../src/shell/run.js';
import { startTexts } from './started.js';

/** Where the lists that a RUN leaves could be used. */
export interface Users extends Pick<Facts, 'context' | 'composeServices'> {
  readonly dockerfile: Dockerfile;
  readonly image: ImageState;
}

/** Why the apt lists that a RUN leaves stay: something uses them later, or can't be proven not to. */
export function needsListsLater(users: Users, instruction: Instruction): Refusal | undefined {
  const { dockerfile, image } = users;
  const state = image.stages[instruction.stageIndex];
  if (state === undefined) return undefined;
  if (onlyUpdates(users, instruction)) return refuse('only-updates', 'it updates them last, for whatever comes later');
  if (isInstalled(image, state, 'apt-file'))
    return refuse('needed-later', 'apt-file looks into them, whenever it is asked');
  const { stage } = state;
  const rest = stage.instructions.slice(stage.instructions.indexOf(instruction) + 1);
  return laterUse(users, stage, rest) ?? laterCopy(dockerfile, instruction);
}

/** Nothing in it installs from what its last update fetches. */
function onlyUpdates({ dockerfile, image, context }: Users, instruction: Instruction): boolean {
  const run = runScript(dockerfile, instruction);
  const scene = sceneAt(image, context, instruction);
  if (isRefusal(run) || scene === undefined) return false;
  return !usesLists(run.script, scene) || [...usesIn(run.script, scene).values()].at(-1)?.use === 'update';
}

/** In the rest of a stage, in the stages that are built FROM it, and where they are started. */
function laterUse(users: Users, stage: Stage, rest: readonly Instruction[]): Refusal | undefined {
  for (const instruction of rest) {
    const run = instruction.trigger ?? instruction;
    if (run.keyword !== 'RUN') continue;
    const use = useOfRun(users, run);
    if (use?.use === 'update' && instruction.keyword === 'RUN') return undefined;
    if (use !== undefined && use.use !== 'update') return refusalFor(use, `the RUN on line ${instruction.startLine}`);
  }
  const started = useAtStart(users, stage);
  if (started !== undefined && started.use !== 'update') return refusalFor(started, 'what the image starts');
  for (const child of stagesOn(users.dockerfile, stage)) {
    const found = laterUse(users, child, child.instructions);
    if (found !== undefined) return found;
  }
  return undefined;
}

function refusalFor({ use, by }: AptUse, who: string): Refusal {
  return use === 'read'
    ? refuse('needed-later', `${who} uses these lists without an update of its own: \`${by}\``)
    : refuse('perhaps-needed', `${who} may install from these lists: what \`${by}\` does can't be read`);
}

/** What a RUN does first with the lists; by the words alone where its script can't be read. */
function useOfRun({ dockerfile, image, context }: Users, run: Instruction): AptUse | undefined {
  const scene = sceneAt(image, context, run);
  if (scene === undefined) return undefined;
  if (run.json !== undefined) return firstUse(parseScript(quoted(run.json)), scene);
  const config = image.stages[run.stageIndex]?.before(run);
  if (config === undefined || !hasPosixShell(config))
    return mentionsApt(run.body.text) ? { use: 'read', by: run.body.text } : undefined;
  const found = runScript(dockerfile, run);
  if (!isRefusal(found)) return firstUse(found.script, scene);
  if (run.heredocs.length > 0) return useOfHeredocs(dockerfile, run, scene);
  return { use: mentionsApt(run.body.text) ? 'read' : 'unread', by: run.body.text };
}

/** `RUN bash <<EOF`: a script, whatever reads it. */
function useOfHeredocs(dockerfile: Dockerfile, instruction: Instruction, scene: Scene): AptUse | undefined {
  const { body } = instruction;
  const bodies = heredocBodies(dockerfile, instruction).map((text) => text.replace(/^\t+/gm, ''));
  const command = parseScript(body.text.replace(/<<-?["']?[\w.-]+["']?/g, ' '));
  const shells = command.commands.filter((one) => isPosixShell(programOf(one)?.name ?? ''));
  const shebang = bodies.some((one) => /^#!\S*\/(?:env\s+)?(?:ba|da|a)?sh\b/.test(one));
  const first = command.commands.length === 0 ? undefined : firstUse(command, scene);
  if (first !== undefined) return first;
  if (shells.length > 0 || shebang) return firstUse(parseScript(bodies.join('\n')), scene);
  return bodies.some(mentionsApt) ? { use: 'read', by: body.text } : undefined;
}

function useAtStart(users: Users, stage: Stage): AptUse | undefined {
  const { dockerfile, image, context } = users;
  const scene = sceneAtStart(image, context, stage);
  const config = image.stages[stage.index]?.config;
  if (scene === undefined || config === undefined) return undefined;
  for (const text of startTexts(config, servicesOf(users, dockerfile, stage))) {
    const use = firstUse(parseScript(text), scene);
    if (use !== undefined) return use;
  }
  return undefined;
}

function laterCopy(dockerfile: Dockerfile, { start }: Instruction): Refusal | undefined {
  const found = copiesOfLists(dockerfile).find((one) => one.start > start);
  return found && refuse('needed-later', `line ${found.startLine} takes these lists out of the stage`);
}

/** `COPY --from=base /var/lib/apt/lists …`, and a mount of them. */
const copiesOfLists = memoize(({ instructions }: Dockerfile): readonly Instruction[] =>
  instructions.filter((one) => {
    const copies =
      (one.keyword === 'COPY' && one.flags.some(({ name }) => name === 'from')) ||
      mountsOf(one).some(({ from }) => from !== undefined);
    const text = one.keyword === 'RUN' ? one.flags.map(({ value }) => value).join(' ') : one.body.text;
    return copies && /\/var\/lib(?:\/apt(?:\/lists)?)?(?:[\s",/]|$)/.test(text);
  }),
);
