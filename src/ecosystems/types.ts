import type { BuildContext } from '../facts/context/types.js';
import type { Refusal } from '../refusal.js';

export interface Environment {
  get(name: string): string | undefined;
}

/** A command of a RUN, without `sudo`, `env` and the folder in front of the program's name; every word is literal. */
export interface Invocation {
  /** `npm`, `pip3`; `mvnw` for `./mvnw`. */
  readonly program: string;
  readonly args: readonly string[];
  /** The environment in force, as far as it is known. */
  readonly env: Environment;
}

/** The project in the build context that an install runs on. */
export interface Project {
  readonly context: BuildContext;
  /** The folder of the context that lies where the command runs; `''` is the root. */
  readonly directory: string;
  /** The folder of the context below which files are in the image at all: what the tree copy copies. */
  readonly root: string;
  /** The context path of a file that the command names; undefined when it does not lie in what is copied. */
  resolve(path: string): string | undefined;
}

/** What an install reads and where it leaves its results. All paths are relative to the context's root. */
export interface Inputs {
  readonly files: readonly string[];
  /** Copied whole. */
  readonly directories?: readonly string[];
  /** Folders that the install makes inside the project: a later copy must not bring the host's. */
  readonly outputs?: readonly string[];
}

/** An install of a project's dependencies. */
export interface Install {
  readonly manager: string;
  /** Where the command runs, relative to the shell's folder or absolute: `npm --prefix web ci`. */
  readonly directory: string;
  inputs(project: Project): Inputs | Refusal;
}

export interface Ecosystem {
  /** Names of programs that `read` knows. */
  readonly programs: readonly string[];
  /**
   * `independent`: the command reads and writes nothing of the project (`npm install -g`, `pip install flask`);
   * undefined: nothing is known.
   */
  read(command: Invocation): Install | 'independent' | undefined;
}
