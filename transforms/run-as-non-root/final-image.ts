import { stagesUpTo } from '../../src/dockerfile/stages.js';
import type { Dockerfile, Instruction, Stage } from '../../src/dockerfile/types.js';
import type { Input } from '../../src/engine/types.js';
import { knownBase } from '../../src/facts/images/inferred.js';
import type { BaseImage } from '../../src/facts/images/types.js';
import type { Facts } from '../../src/facts/types.js';
import type { Config, StageState } from '../../src/image/types.js';

/** The final stage and all that the decision needs to know of it. */
export interface FinalImage extends Pick<Facts, 'context' | 'composeServices' | 'repository'> {
  readonly dockerfile: Dockerfile;
  /** What every stage of the file makes. */
  readonly stages: readonly StageState[];
  readonly stage: Stage;
  readonly state: StageState;
  /** Config that the image gets. */
  readonly config: Config;
  /** What makes the image: the instructions of the stages it is built FROM, then its own; without the FROMs. */
  readonly instructions: readonly Instruction[];
  /** The outside image at the bottom, as written with ARGs filled in. */
  readonly reference: string | undefined;
  readonly base: BaseImage | undefined;
  /** The outside image at the bottom of any stage. */
  readonly rootReference: (stage: Stage) => string | undefined;
  /** The working directory with which the base image begins. */
  readonly startDirectory: string;
}

export function finalImageOf({ dockerfile, image, facts }: Input): FinalImage | undefined {
  const stage = dockerfile.stages.at(-1);
  const state = stage === undefined ? undefined : image.stages[stage.index];
  if (stage === undefined || state === undefined) return undefined;
  const reference = image.rootReference(stage);
  const base = reference === undefined ? undefined : knownBase(facts.images, reference);
  return {
    dockerfile,
    stages: image.stages,
    stage,
    state,
    config: state.config,
    instructions: stagesUpTo(stage).flatMap(({ instructions }) => instructions.slice(1)),
    reference,
    base,
    rootReference: (one) => image.rootReference(one),
    context: facts.context,
    composeServices: facts.composeServices,
    repository: facts.repository,
    startDirectory: base?.workdir ?? '/',
  };
}

/** Config in force before one of the image's instructions. */
export function configBefore(image: FinalImage, instruction: Instruction): Config {
  return image.stages[instruction.stageIndex]?.before(instruction) ?? image.config;
}

/** The working directory of the running container. */
export function workingDirectory(image: FinalImage): string {
  return image.config.workdir ?? image.startDirectory;
}
