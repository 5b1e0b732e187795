/**
 * Copies the files that an install reads ahead of it, and the rest of the project behind it: a change of a source file no
 * longer repeats the install.
 *
 *     COPY . .                    COPY package.json package-lock.json ./
 *     RUN npm ci           →      RUN npm ci
 *                                 COPY . .
 *
 * The list comes from the build context. Left alone: installs whose inputs can't be listed (scripts of the project that run
 * during the install, local packages, the project itself), and places where the later copy would put the host's node_modules
 * over the installed one, unless the ignore file keeps it out or can be made to.
 */
import { keywordLike } from '../../src/dockerfile/style.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Change, ContextEdit, Finding, Input, LeftAlone } from '../../src/engine/types.js';
import type { BuildContext } from '../../src/facts/types.js';
import type { StageState } from '../../src/image/types.js';
import { isWithin } from './ecosystems/files.js';
import { isRefusal, refuse, type Refusal } from './ecosystems/types.js';
import { copiedBefore } from './copied-files.js';
import { planIgnoreFile } from './ignore-plan.js';
import { installInputs, type RunInputs } from './install-inputs.js';
import { mayOverlap } from './image-path.js';
import { copyLines, missingInputs } from './manifest-copies.js';
import { moveCopy, type Move } from './moved-copy.js';
import { searchInstalls, type InstallRun } from './reorder-search.js';
import { fillsSystemFolder, readTreeCopy, type TreeCopy } from './tree-copy.js';

export const copyManifestsFirst = defineTransform({
  name: 'copy-manifests-first',
  group: 'copy',
  summary: 'Copy manifests and lock files, install, then copy the rest',
  level: 'guarded',
  covers: ['practice/layer-caching'],
  mayChange: ['files', 'order', 'commands'],
  docs: `\`COPY . .\` in front of an install repeats the install whenever any file changes. This copies exactly the files that the
install reads (from the build context: manifest, lock file, settings, workspace members, patches, what install scripts name),
installs, and copies the rest behind it.

It needs the build context, and refuses where the list can't be made or the result would differ: install scripts that run
something of the project, local packages, an install of the project itself, a node_modules of the host that nothing ignores.

    - COPY . .
    + COPY package.json package-lock.json ./
      RUN npm ci
    + COPY . .`,
  *find(input) {
    // Windows: neither its shell nor its paths are what is read here.
    if (input.dockerfile.escape === '`') return;
    for (const state of input.image.stages) yield* findInStage(input, state);
  },
});

/** Copies that move behind the same RUN go together, in their order; others wait for the next round. */
function* findInStage(input: Input, state: StageState): Iterable<Finding> {
  let first: Reorder | undefined;
  const moved = new Set<Instruction>();
  for (const instruction of state.stage.instructions) {
    if (moved.has(instruction)) continue;
    const tree = readTreeCopy(input.dockerfile, instruction, state.before(instruction), input.facts.context);
    const found = tree && findReorder(input, state, tree);
    if (found === undefined) continue;
    if (found.kind === 'left-alone') yield found;
    else if (
      first === undefined ||
      (first.move.behind === found.move.behind && first.move.gap === undefined && found.move.gap === undefined)
    ) {
      first ??= found;
      for (const copy of found.move.copies) moved.add(copy);
      yield found.change;
    }
  }
}

interface Reorder {
  readonly kind: 'reorder';
  readonly change: Change;
  readonly move: Move;
}

/** A RUN that the copy moves behind, with what it reads. */
interface Reached {
  readonly run: InstallRun;
  readonly inputs: RunInputs;
}

function findReorder(input: Input, state: StageState, tree: TreeCopy): Reorder | LeftAlone | undefined {
  const search = searchInstalls(input.dockerfile, state, tree, input.facts.context);
  const reached: Reached[] = [];
  let refusal = search.obstacle === undefined ? undefined : beyondObstacle(input, search.obstacle);
  for (const run of search.runs) {
    const inputs = reachRun(input, state, tree, run);
    if (isRefusal(inputs)) {
      refusal = inputs;
      break;
    }
    reached.push({ run, inputs });
  }
  const ignore = reached.length === 0 ? undefined : keepOutputsOut(input, reached);
  if (ignore !== undefined && isRefusal(ignore)) refusal = ignore;
  else if (reached.length > 0) return reorder(input, state, tree, reached, ignore ?? []);
  return refusal && refusal.code !== 'not-worth' && isWholeProject(tree)
    ? leaveAlone(refusal.code, refusal.reason, tree.instruction)
    : undefined;
}

/** What a RUN reads, when the copy can be moved behind it. */
function reachRun(input: Input, state: StageState, tree: TreeCopy, run: InstallRun): RunInputs | Refusal {
  const { steps, rest } = run.reading;
  const context = input.facts.context;
  const hasInstall = steps.some(({ kind }) => kind === 'install');
  if (!hasInstall && (tree.source !== '' || rest !== undefined))
    return refuse('not-worth', 'nothing of the project is installed');
  if (hasInstall && context === undefined) return noContext(input);
  if (run.elsewhere && !tree.absolute)
    return refuse('workdir-changes', `WORKDIR changes between, and \`${tree.destination}\` counts from the one before`);
  if (typeof rest?.gap === 'string')
    return refuse('run-shape', `\`${shorten(rest.command)}\` needs the sources and can't be split off: ${rest.gap}`);
  if (fillsSystemFolder(tree, context))
    return refuse('system-folder', `the copy may bring files of the system that the install uses`);
  if (!hasInstall) return { files: [], places: [] };
  if (context === undefined) return noContext(input);
  const inputs = installInputs(steps, tree, context);
  if (isRefusal(inputs)) return inputs;
  // The tree is an input itself: `COPY prisma ./prisma` ahead of an install that makes the client.
  if (inputs.directories?.some((folder) => isWithin(folder, tree.source) && folder !== '') === true)
    return refuse('is-input', 'the install reads this folder');
  return findTouched(run, inputs) ?? findStranger(input, state, tree, inputs, context) ?? inputs;
}

function beyondObstacle(input: Input, obstacle: string): Refusal {
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
  { dockerfile }: Input,
  state: StageState,
  tree: TreeCopy,
  { files, places }: RunInputs,
  context: BuildContext,
): Refusal | undefined {
  const [manifest] = files;
  if (manifest === undefined || isWithin(tree.source, manifest)) return undefined;
  const copied = copiedBefore(dockerfile, state, tree, context);
  return places.some((place) => copied.get(place) === manifest)
    ? undefined
    : refuse('folder-unknown', `where ${manifest} of the install comes from is not known`);
}

/** The change of the ignore file that keeps the host's installed packages out of the later copy; none when it does already. */
function keepOutputsOut(input: Input, reached: readonly Reached[]): readonly ContextEdit[] | Refusal {
  const { context } = input.facts;
  const outputs = reached.flatMap(({ inputs }) => inputs.outputs ?? []);
  const open = outputs.filter((path) => context?.ignored(path) === false);
  if (context === undefined || open.length === 0) return [];
  const plan = planIgnoreFile(context, input.dockerfile);
  const still = plan === undefined ? open : open.filter((path) => !plan.excludes(path));
  if (plan !== undefined && still.length === 0) return [plan.edit];
  return refuse(
    'output-not-ignored',
    `the later copy would put ${still[0] ?? ''} of the build context over the installed one: exclude it in the ignore file`,
  );
}

function reorder(
  input: Input,
  state: StageState,
  tree: TreeCopy,
  reached: readonly Reached[],
  contextEdits: readonly ContextEdit[],
): Reorder {
  const { dockerfile, facts } = input;
  const keyword = keywordLike(dockerfile, 'COPY');
  const copied =
    facts.context === undefined ? new Map<string, string>() : copiedBefore(dockerfile, state, tree, facts.context);
  const done = new Set<string>();
  const lines: { before: Instruction | undefined; text: readonly string[] }[] = [];
  for (const { run, inputs } of reached) {
    const text = copyLines(keyword, tree, missingInputs(tree, inputs, copied, done));
    if (text.length > 0)
      lines.push({
        before: standsDirectlyBehind(dockerfile, tree, run) ? undefined : run.instruction,
        text,
      });
    for (const path of [...inputs.files, ...(inputs.directories ?? [])]) done.add(path);
  }
  const last = reached.at(-1)?.run;
  const companions = last?.companions.map(({ instruction }) => instruction) ?? [];
  const move: Move = {
    copies: [tree.instruction, ...companions],
    lines,
    behind: last?.instruction ?? tree.instruction,
    gap: gapOf(last),
  };
  return {
    kind: 'reorder',
    change: change(message(tree, done), tree.instruction, moveCopy(dockerfile, move), contextEdits),
    move,
  };
}

/** A folder that was copied ahead of an install on purpose is no finding when it has to stay there. */
function isWholeProject(tree: TreeCopy): boolean {
  return tree.source === '';
}

function standsDirectlyBehind(
  dockerfile: Dockerfile,
  tree: TreeCopy,
  { instruction: run, companions }: InstallRun,
): boolean {
  const between = dockerfile.instructions.slice(tree.instruction.index + 1, run.index);
  const moved = companions.map(({ instruction }) => instruction);
  return between.every((instruction) => instruction.keyword !== 'RUN' || moved.includes(instruction));
}

function gapOf(run: InstallRun | undefined): Move['gap'] {
  const gap = run?.reading.rest?.gap;
  return typeof gap === 'string' ? undefined : gap;
}

function message(tree: TreeCopy, inputs: ReadonlySet<string>): string {
  const copy = `${tree.instruction.keyword} ${tree.instruction.body.text}`;
  if (inputs.size === 0) return `Move \`${copy}\` behind the install, which reads none of its files`;
  return `Copy what the install reads (${listNames([...inputs])}) ahead of it, and \`${copy}\` behind it`;
}

function listNames(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

function shorten(command: string): string {
  return command.length <= 60 ? command : `${command.slice(0, 57)}…`;
}
