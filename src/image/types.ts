import type { Dockerfile, Instruction, Stage } from '../dockerfile/types.js';
import type { Script } from '../shell/types.js';
import type { Facet } from './facets.js';
import type { Variables } from './variables.js';

export type { Facet };

/** The configuration in force at one point of a stage. Values are expanded as far as they are known. */
export interface Config {
  readonly env: Variables;
  /** ARG values in force, declared in this stage or one it is built FROM. One declared without a value is not among them. */
  readonly args: Variables;
  /** What a `$NAME` gives at this point: ENV and ARG, the later one wins. */
  readonly variables: Variables;
  /** Undefined: the base image's, which is not known. */
  readonly user: string | undefined;
  readonly workdir: string | undefined;
  /** Undefined: the default, `/bin/sh -c`. */
  readonly shell: readonly string[] | undefined;
  readonly entrypoint: Command | undefined;
  readonly cmd: Command | undefined;
  readonly expose: readonly string[];
  readonly labels: Variables;
  readonly volumes: readonly string[];
  readonly healthcheck: string | undefined;
  readonly stopsignal: string | undefined;
  readonly onbuild: readonly string[];
}

/** CMD, ENTRYPOINT: the argument vector, or the text of the shell form. */
export interface Command {
  readonly form: 'exec' | 'shell';
  readonly argv: readonly string[];
}

export interface Step {
  readonly kind: 'run' | 'copy' | 'add';
  readonly instruction: Instruction;
  /** The state the step ran in. */
  readonly config: Config;
  /** The shell program of a RUN in shell form under a POSIX shell, heredoc included; undefined otherwise. */
  readonly script: Script | undefined;
}

export interface StageState {
  readonly stage: Stage;
  /** Config before `instruction` runs (an instruction of this stage). */
  before(instruction: Instruction): Config;
  readonly steps: readonly Step[];
  /** Config at the end of the stage: what the image gets. */
  readonly config: Config;
}

export interface ImageState {
  readonly dockerfile: Dockerfile;
  readonly globals: Variables;
  readonly stages: readonly StageState[];
  /** The image reference of a stage's FROM with ARGs expanded; undefined when an ARG has no value or FROM names a stage. */
  reference(stage: Stage): string | undefined;
  /** The outside image at the bottom of the FROM chain of stages, expanded. */
  rootReference(stage: Stage): string | undefined;
}

export interface Difference {
  readonly facet: Facet;
  readonly stage: number;
  readonly message: string;
}
