/** Looks below a tree copy for the installs after which it can be moved. */
import { isCopy } from '../../src/dockerfile/copy.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import type { StageState } from '../../src/image/types.js';
import { readCompanion, type Companion } from './dependent-instructions.js';
import { readRun, type RunReading } from './install-run.js';
import { isWorthwhile } from './install-step.js';
import { runInstalls } from '../../src/ecosystems/installs.js';
import { copyOf } from '../../src/image/copies.js';
import type { TreeCopy } from '../../src/image/tree-copy.js';
import { mayOverlap } from '../../src/paths.js';

export interface InstallRun {
  readonly instruction: Instruction;
  readonly reading: RunReading;
  /** A WORKDIR is between the tree copy and this RUN. */
  readonly elsewhere: boolean;
  /** Instructions between that go along with the copy. */
  readonly companions: readonly Companion[];
}

export interface Search {
  /** RUNs after the copy that can be read up to an install, in order; what is between needs no sources. */
  readonly runs: readonly InstallRun[];
  /** Why an install further down can't be reached; undefined when there is none. */
  readonly obstacle: string | undefined;
}

/** Set configuration alone: a copy says the same on either side of them. */
const NEUTRAL = new Set('LABEL EXPOSE USER STOPSIGNAL HEALTHCHECK CMD ENTRYPOINT MAINTAINER ONBUILD SHELL'.split(' '));

/** Change what a later RUN or COPY does. */
const SETS_STATE = new Set(['WORKDIR', 'USER', 'ENV', 'ARG', 'SHELL']);

export function searchInstalls(
  dockerfile: Dockerfile,
  state: StageState,
  tree: TreeCopy,
  context: BuildContext | undefined,
): Search {
  const below = state.stage.instructions.filter(({ index }) => index > tree.instruction.index);
  const runs: InstallRun[] = [];
  const companions: Companion[] = [];
  let elsewhere = false;
  for (const [position, instruction] of below.entries()) {
    let obstacle: string | undefined;
    if (instruction.keyword === 'RUN') {
      const reading = readRun(dockerfile, instruction, state.before(instruction), tree.target);
      if (isWorthwhile(reading.steps)) runs.push({ instruction, reading, elsewhere, companions: [...companions] });
      if (reading.rest !== undefined) obstacle = `\`${reading.rest.command}\` before it may need the sources`;
    } else if (instruction.keyword === 'WORKDIR') elsewhere = true;
    else obstacle = findObstacle(instruction, state, tree);
    if (obstacle === undefined && companions.length > 0 && SETS_STATE.has(instruction.keyword))
      obstacle = `${instruction.keyword} between changes what \`${sourceLine(dockerfile, companions[0])}\` says`;
    if (obstacle === undefined) continue;
    const companion = readCompanion(dockerfile, state, instruction, tree, context);
    if (companion !== undefined) {
      companions.push(companion);
      continue;
    }
    const covered = runs.at(-1)?.instruction === instruction;
    const before = state.stage.instructions.slice(0, state.stage.instructions.indexOf(tree.instruction));
    // Manifests that came first already: what installs further down does so on purpose.
    if (before.some((earlier) => runInstalls(dockerfile, earlier))) return { runs, obstacle: undefined };
    const installs = below.slice(position + (covered ? 1 : 0)).some((later) => runInstalls(dockerfile, later));
    return { runs, obstacle: installs ? obstacle : undefined };
  }
  return { runs, obstacle: undefined };
}

/** Why a copy can't change places with this instruction. */
function findObstacle(instruction: Instruction, state: StageState, tree: TreeCopy): string | undefined {
  const { keyword } = instruction;
  if (NEUTRAL.has(keyword)) return undefined;
  if (keyword === 'ENV' || keyword === 'ARG')
    return /\$/.test(tree.destination + tree.flags)
      ? `${keyword} in between may change what the words of the copy mean`
      : undefined;
  if (!isCopy(instruction)) return `${keyword} comes in between`;
  const target = copyOf(state, instruction)?.target?.path;
  if (target !== undefined && !mayOverlap(target, tree.target)) return undefined;
  return `another ${keyword} in between fills the same folder`;
}

function sourceLine({ text }: Dockerfile, companion: Companion | undefined): string {
  const { start = 0, end = 0 } = companion?.instruction ?? {};
  return text.slice(start, end).split(/\r?\n/)[0] ?? '';
}
