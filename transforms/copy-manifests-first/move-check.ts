/** Whether a tree copy can be moved after a RUN, and what the RUN needs ahead of it. */
import type { Input } from '../../src/engine/types.js';
import { contextPathAt } from '../../src/image/origin.js';
import { copyingBase } from '../../src/image/triggers.js';
import type { StageState } from '../../src/image/types.js';
import { heldBefore } from './copied-files.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { planIgnoreFile, type IgnorePlan } from '../../src/edits/ignore-file/plan.js';
import { installInputs, type RunInputs } from './install-inputs.js';
import { isSplitOff } from './manifest-folder.js';
import type { InstallRun } from './find-installs.js';
import type { TreeCopy } from '../../src/image/tree-copy.js';
import { fillsSystemFolder } from './system-folder.js';
import { isWithin, mayOverlap } from '../../src/paths.js';

/** A RUN after which the copy is moved, with what it reads. */
export interface Reached {
  readonly run: InstallRun;
  readonly inputs: RunInputs;
}

/** What a RUN reads, when the copy can be moved after it and those before. */
export function reachRun(
  input: Input,
  state: StageState,
  tree: TreeCopy,
  run: InstallRun,
  before: readonly Reached[],
): RunInputs | Refusal {
  const { steps, rest } = run.reading;
  const context = input.facts.context;
  const hasInstall = steps.some(({ kind }) => kind === 'install');
  if (!hasInstall && (tree.source !== '' || rest !== undefined))
    return refuse('not-worth', 'nothing of the project is installed');
  if (hasInstall && context === undefined) return noContext(input);
  const base = copyingBase(input.image, state.stage);
  if (base !== undefined)
    return refuse('onbuild', `${base} has a trigger (ONBUILD) that copies the project before anything else is done`);
  if (run.elsewhere && !tree.absolute)
    return refuse(
      'workdir-changes',
      `WORKDIR changes in between, and \`${tree.destination}\` is relative to the earlier one`,
    );
  if (isRefusal(rest?.gap))
    return refuse(
      rest.gap.code,
      `\`${shorten(rest.command)}\` needs the sources and can't be split off: ${rest.gap.reason}`,
    );
  if (fillsSystemFolder(tree, context))
    return refuse('system-folder', 'the copy may replace files of the system that the install uses');
  if (context === undefined) return hasInstall ? noContext(input) : { files: [], places: [] };
  const earlier = {
    made: before.flatMap(({ inputs }) => inputs.made ?? []),
    origin: (place: string) => contextPathAt({ stages: input.image.stages, context }, tree.instruction, place),
  };
  const inputs = installInputs(steps, tree, context, state.before(run.instruction).variables, earlier);
  if (isRefusal(inputs)) return inputs;
  // The tree is an input itself: `COPY prisma ./prisma` ahead of an install that makes the client.
  if (inputs.directories?.some((folder) => isWithin(folder, tree.source) && folder !== '') === true)
    return refuse('is-input', 'the install reads this folder');
  if (isSplitOff(input, state, tree, inputs.files))
    return refuse('not-worth', 'the folder holds nothing but manifests');
  return findTouched(run, inputs) ?? findStranger(input, state, tree, inputs) ?? inputs;
}

export function beyondObstacle(input: Input, obstacle: string): Refusal {
  if (input.facts.context === undefined) return noContext(input);
  return refuse('sources-needed', `the install can't come first: ${obstacle}`);
}

function noContext({ facts }: Input): Refusal {
  return refuse(
    'no-context',
    `which files the install reads is not known: ${facts.noContext ?? 'there is no build context'}`,
  );
}

/** A file of the install on which an instruction that goes along with the copy works. */
function findTouched(run: InstallRun, { places }: RunInputs): Refusal | undefined {
  const found = run.companions.find(({ touches }) =>
    touches.some((path) => places.some((place) => mayOverlap(path, place))),
  );
  if (found === undefined) return undefined;
  const { keyword, body } = found.instruction;
  return refuse('sources-needed', `\`${shorten(`${keyword} ${body.text}`)}\` works on what the install reads or makes`);
}

/** `COPY src ./src` ahead of an install beside it: that its manifest comes from the folder beside, too, must be seen. */
function findStranger(
  input: Input,
  state: StageState,
  tree: TreeCopy,
  { files, places }: RunInputs,
): Refusal | undefined {
  const [manifest] = files;
  if (manifest === undefined || isWithin(tree.source, manifest)) return undefined;
  const held = heldBefore(input, state, tree);
  return places.some((place) => held(place, manifest))
    ? undefined
    : refuse('folder-unknown', `where ${manifest} of the install comes from is not known`);
}

/** The ignore file that keeps the host's installed packages out of the later copy; none when it does already. */
export function keepOutputsOut(input: Input, reached: readonly Reached[]): IgnorePlan | undefined | Refusal {
  const { context } = input.facts;
  const written = reached.flatMap(({ inputs }) => inputs.written ?? []);
  const outputs = [...reached.flatMap(({ inputs }) => inputs.outputs ?? []), ...written];
  const open = outputs.filter((path) => context?.ignored(path) === false);
  if (context === undefined || open.length === 0) return undefined;
  const plan = planIgnoreFile(context, input.dockerfile, written);
  const still = plan === undefined ? open : open.filter((path) => !plan.excludes(path));
  if (plan !== undefined && still.length === 0) return plan;
  return refuse(
    'output-not-ignored',
    `the later copy would put ${still[0] ?? ''} of the build context over the installed one: exclude it in the ignore file`,
  );
}

function shorten(command: string): string {
  return command.length <= 60 ? command : `${command.slice(0, 57)}…`;
}
