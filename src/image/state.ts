import { stagesUpTo } from '../dockerfile/stages.js';
import type { Dockerfile, Instruction, Stage } from '../dockerfile/types.js';
import type { ImageFacts } from '../facts/images/types.js';
import { isRefusal } from '../refusal.js';
import { runScript } from '../shell/run.js';
import type { Script } from '../shell/types.js';
import { applyInstruction, emptyStage, type StageBuilder } from './config.js';
import { hasPosixShell } from './platform.js';
import { readCopy } from './copies.js';
import type { Config, Copy, ImageState, StageState, Step } from './types.js';

const STEPS: Partial<Record<string, Step['kind']>> = { RUN: 'run', COPY: 'copy', ADD: 'add' };

/**
 * Works out what the file makes: config and steps of every stage, as BuildKit's conversion does with no build arguments.
 * With `images`, a stage starts from what is known of its base image.
 */
export function imageState(dockerfile: Dockerfile, images?: ImageFacts): ImageState {
  const globals = dockerfile.argumentDefaults;
  const builders: StageBuilder[] = [];
  const reference = (stage: Stage): string | undefined =>
    stage.parent === undefined ? stage.from.reference : undefined;
  const stages = dockerfile.stages.map((stage): StageState => {
    const parent = stage.parent && builders[stage.parent.index];
    const known = parent === undefined && images !== undefined ? images.base(reference(stage) ?? '') : undefined;
    const builder = emptyStage(parent, known, globals);
    builders.push(builder);
    return readStage(dockerfile, stage, builder);
  });
  return {
    dockerfile,
    globals,
    stages,
    reference,
    rootReference(stage) {
      let root = stage;
      while (root.parent !== undefined) root = root.parent;
      return reference(root);
    },
  };
}

/** The states of the stages that a stage is built FROM, and its own, in the order of the file. */
export function statesUpTo({ stages }: Pick<ImageState, 'stages'>, stage: Stage): readonly StageState[] {
  return stagesUpTo(stage).flatMap(({ index }) => stages[index] ?? []);
}

function readStage(dockerfile: Dockerfile, stage: Stage, builder: StageBuilder): StageState {
  const configs = new Map<Instruction, Config>();
  const steps: Step[] = [];
  for (const instruction of stage.instructions) {
    const config = builder.config;
    configs.set(instruction, config);
    const kind = STEPS[instruction.keyword];
    if (kind !== undefined) steps.push(new ReadStep(dockerfile, kind, instruction, config));
    else applyInstruction(builder, instruction, dockerfile.escape);
  }
  const { config } = builder;
  return { stage, steps, config, before: (instruction) => configs.get(instruction) ?? config };
}

/** What a step runs or brings is read when it is first asked for. */
class ReadStep implements Step {
  private read: { readonly script: Script | undefined } | undefined;
  private brought: { readonly copy: Copy | undefined } | undefined;

  constructor(
    private readonly dockerfile: Dockerfile,
    readonly kind: Step['kind'],
    readonly instruction: Instruction,
    readonly config: Config,
  ) {}

  get script(): Script | undefined {
    return (this.read ??= { script: this.readScript() }).script;
  }

  get copy(): Copy | undefined {
    if (this.kind === 'run') return undefined;
    return (this.brought ??= { copy: readCopy(this.dockerfile, this.instruction, this.config) }).copy;
  }

  private readScript(): Script | undefined {
    if (this.kind !== 'run' || !hasPosixShell(this.config)) return undefined;
    const found = runScript(this.dockerfile, this.instruction);
    return isRefusal(found) ? undefined : found.script;
  }
}
