import type { Dockerfile, Instruction, Stage } from '../dockerfile/types.js';
import type { Script } from '../shell/types.js';
import type { Facet } from './facets.js';
import type { Variables } from './variables.js';

export type { Facet };

/** The configuration in force at one point of a stage. Values are expanded as far as they are known. */
export interface Config {
  readonly env: Variables;
  /** False where the base image may set more than is in `env`. */
  readonly envComplete: boolean;
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
  /** What a COPY or ADD brings; undefined for a RUN, and for one that lacks a source. */
  readonly copy: Copy | undefined;
}

/** A COPY or ADD with its variables filled in. */
export interface Copy {
  readonly instruction: Instruction;
  readonly sources: readonly CopySource[];
  /** The destination as written. */
  readonly destination: string;
  /** Undefined where a variable in it is not known. */
  readonly target: Target | undefined;
  /** The stage of this file that `--from` names. */
  readonly stage: Stage | undefined;
  /** Values of `--chown` and `--chmod`. */
  readonly owner: string | undefined;
  readonly mode: string | undefined;
  /** All files of its sources come, each to the place that its name says: there is no flag that selects or unpacks. */
  readonly plain: boolean;
}

export interface CopySource {
  /** As written; for a heredoc its name. */
  readonly written: string;
  /** Variables filled in, quotes gone; undefined where one is not known. */
  readonly text: string | undefined;
  /** `unknown`: a variable of ADD, which may hold a path or a URL. */
  readonly from: 'context' | 'stage' | 'image' | 'network' | 'heredoc' | 'unknown';
}

/** Where a COPY or ADD puts what it brings. */
export interface Target {
  /** Path in the image; below `UNKNOWN_DIRECTORY` where it counts from a working directory that is not known. */
  readonly path: string;
  /** It does not count from the working directory. */
  readonly absolute: boolean;
  /** It is a directory for certain, whatever the image holds there: sources keep their names in it. */
  readonly isDirectory: boolean;
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
