/**
 * Copies the files that an install reads before it, and the rest of the project after it: a change of a source file no
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
import type { Instruction } from '../../src/dockerfile/types.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Change, Finding, Input, LeftAlone } from '../../src/engine/types.js';
import type { IgnorePlan } from '../../src/edits/ignore-file/plan.js';
import { isWindows } from '../../src/image/platform.js';
import { copiesOf } from '../../src/image/copies.js';
import type { StageState } from '../../src/image/types.js';
import { isRefusal } from '../../src/refusal.js';
import { moveCopy, planMove, type Move } from './moved-copy.js';
import { beyondObstacle, keepOutputsOut, reachRun, type Reached } from './move-check.js';
import { searchInstalls } from './find-installs.js';
import { isSlow } from './install-step.js';
import { readTreeCopy, type TreeCopy } from '../../src/image/tree-copy.js';

export const copyManifestsFirst = defineTransform({
  name: 'copy-manifests-first',
  group: 'copy',
  summary: 'Copy manifests and lock files, install, then copy the rest.',
  level: 'guarded',
  covers: ['practice/layer-caching'],
  mayChange: ['files', 'order', 'commands'],
  docs: `\`COPY . .\` before an install repeats the install whenever any file changes. This copies exactly the files that the
install reads (from the build context: manifest, lock file, settings, workspace members, patches, what install scripts name),
installs, and copies the rest after it.

It needs the build context, and refuses where the list can't be made or the result would differ: install scripts that run
something of the project, local packages, an install of the project itself, a node_modules of the host that nothing ignores.`,
  *find(input) {
    // Windows: neither its shell nor its paths are what is read here.
    if (isWindows(input.dockerfile)) return;
    for (const state of input.image.stages) yield* findInStage(input, state);
  },
});

/** Copies that move after the same RUN go together, in their order; others wait for the next round. */
function* findInStage(input: Input, state: StageState): Iterable<Finding> {
  let first: Reorder | undefined;
  const moved = new Set<Instruction>();
  for (const copy of copiesOf(state)) {
    if (moved.has(copy.instruction)) continue;
    const tree = readTreeCopy(input.dockerfile, copy, input.facts.context);
    const found = tree && findReorder(input, state, tree);
    if (found === undefined) continue;
    if (found.kind === 'left-alone') yield found;
    else if (
      first === undefined ||
      (first.move.after === found.move.after && first.move.gap === undefined && found.move.gap === undefined)
    ) {
      first ??= found;
      for (const instruction of found.move.copies) moved.add(instruction);
      yield found.change;
    }
  }
}

interface Reorder {
  readonly kind: 'reorder';
  readonly change: Change;
  readonly move: Move;
}

function findReorder(input: Input, state: StageState, tree: TreeCopy): Reorder | LeftAlone | undefined {
  const search = searchInstalls(input.dockerfile, state, tree, input.facts.context);
  const reached: Reached[] = [];
  let refusal = search.obstacle === undefined ? undefined : beyondObstacle(input, search.obstacle);
  for (const run of search.runs) {
    const inputs = reachRun(input, state, tree, run, reached);
    if (isRefusal(inputs)) {
      refusal = inputs;
      break;
    }
    reached.push({ run, inputs });
  }
  const paying = refusal === undefined ? reached : withoutTools(reached);
  const ignore = paying.length === 0 ? undefined : keepOutputsOut(input, paying);
  if (isRefusal(ignore)) refusal = ignore;
  else if (paying.length > 0) return reorder(input, state, tree, paying, ignore);
  return refusal && refusal.code !== 'not-worth' && isWholeProject(tree)
    ? leaveAlone(refusal.code, refusal.reason, tree.instruction)
    : undefined;
}

/** Where the slow install has to stay behind the copy, what only brings the package manager for it does not pay. */
function withoutTools(reached: readonly Reached[]): readonly Reached[] {
  const last = reached.findLastIndex(({ run }) => run.reading.steps.some(isSlow));
  return reached.slice(0, last + 1);
}

function reorder(
  input: Input,
  state: StageState,
  tree: TreeCopy,
  reached: readonly Reached[],
  ignore: IgnorePlan | undefined,
): Reorder {
  const { move, copied } = planMove(input, state, tree, reached);
  const edits = moveCopy(input.dockerfile, move);
  const told = ignore === undefined ? '' : `; ${ignore.edit.path} keeps ${listNames(ignore.added)} out of that`;
  const text = message(tree, reached, copied) + told;
  return { kind: 'reorder', change: change(text, tree.instruction, edits, ignore && [ignore.edit]), move };
}

/** A folder that was copied ahead of an install on purpose is no finding when it has to stay there. */
function isWholeProject(tree: TreeCopy): boolean {
  return tree.source === '';
}

function message(tree: TreeCopy, reached: readonly Reached[], copied: readonly string[]): string {
  const copy = `${tree.instruction.keyword} ${tree.instruction.body.text}`;
  if (copied.length > 0)
    return `Copy what the install reads (${listNames(copied)}) before it, and \`${copy}\` after it`;
  const readsFiles = reached.some(({ inputs }) => inputs.files.length > 0);
  return `Move \`${copy}\` after the install, ${readsFiles ? 'which has what it reads already' : 'which reads none of its files'}`;
}

function listNames(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
