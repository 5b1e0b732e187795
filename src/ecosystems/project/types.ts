import type { Arguments } from '../../commands/arguments.js';
import type { BuildContext } from '../../facts/context/types.js';
import type { Refusal } from '../../refusal.js';
import type { TextTest } from '../../text-test.js';

/** Projects of one language or build tool: the names of their files, what builds leave beside those, and what installs for them. */
export interface Ecosystem {
  /** Files that mark a folder as such a project. */
  readonly manifests: readonly FileName[];
  /** Further files that say how it is built: `setup.cfg`, `build.rs`. */
  readonly buildFiles?: readonly FileName[];
  /** Further files that its tools read there: lock files and settings that no manager below names. */
  readonly settings?: readonly FileName[];
  /** Words with which names of its files alone begin, whole or up to a dot: `package*` is the manifest and its lock file. */
  readonly stems?: readonly string[];
  /** How the text of a RUN names one of its tools. */
  readonly tools: RegExp;
  /** Folders that its builds fill. */
  readonly outputs?: readonly Output[];
  /** What its programs leave behind and nothing reads, as entries of an ignore file. */
  readonly litter?: readonly string[];
  readonly managers: readonly PackageManager[];
}

/** A name, in which `*` stands for any text: `requirements*.txt`. */
export type FileName = string;

export interface Output {
  /** Its name beside the manifest. */
  readonly folder: string;
  /** `installs`: by every install of its managers, and a folder of another machine does harm; otherwise how a RUN says it. */
  readonly filledBy: 'installs' | TextTest;
  /** There is one beside each project's manifest, not only in the root of the context. */
  readonly nested?: true;
  /** These managers alone make it unasked: with others it is there where the context or .gitignore says so. */
  readonly madeBy?: readonly string[];
}

/** A package manager whose installs are understood. Its command line is known to the catalogue of programs. */
export interface PackageManager {
  /** As its installs are reported. */
  readonly name: string;
  /** Its row in the catalogue of programs. */
  readonly program: string;
  /** Its lock files, the one that counts first. */
  readonly locks: readonly string[];
  /** Files beside the manifest that it reads where they exist. */
  readonly settings: readonly string[];
  /**
   * What a command line installs. `independent`: it reads and writes nothing of the project (`npm install -g`,
   * `pip install flask`); undefined: nothing is known.
   */
  read(call: Call): Install | 'independent' | undefined;
}

/** A command line of a package manager; every word is literal. */
export interface Call {
  /** As it is called, without the folder: `npm`; `mvnw` for `./mvnw`. */
  readonly name: string;
  readonly words: Arguments<string>;
  /** The environment in force, as far as it is known. */
  readonly env: Environment;
}

export interface Environment {
  get(name: string): string | undefined;
}

/** An install of a project's dependencies. */
export interface Install {
  readonly manager: string;
  /** Where the command runs, relative to the shell's folder or absolute: `npm --prefix web ci`. */
  readonly directory: string;
  /** The files that it reads, as the command names them, where it reads nothing of the folder in which it runs. */
  readonly named?: readonly string[];
  /** It only makes an install after it possible: it writes the lock file, or fetches the package manager. */
  readonly prepares?: boolean;
  inputs(project: Project): Inputs | Refusal;
}

/** The project in the build context that an install runs on. */
export interface Project {
  readonly context: BuildContext;
  /** The folder of the context that lies where the command runs; `''` is the root. */
  readonly directory: string;
  /** The folder of the context below which files are in the image at all: what the tree copy copies. */
  readonly root: string;
  /** Context paths of files that commands before have written. */
  readonly made?: ReadonlySet<string>;
  /** From where in the context a file comes that an earlier copy put elsewhere in the image. */
  elsewhere?(path: string): string | undefined;
  /** The context path of a file that the command names; undefined when it does not lie in what is copied. */
  resolve(path: string): string | undefined;
}

/** What an install reads and where it leaves its results. All paths are relative to the context's root. */
export interface Inputs {
  readonly files: readonly string[];
  /** Those of the files that have to be there, and are not evaluated: what they name doesn't count. */
  readonly inert?: readonly string[];
  /** Copied whole. */
  readonly directories?: readonly string[];
  /** Folders that the install makes inside the project: a later copy must not bring the host's. */
  readonly outputs?: readonly string[];
  /** Files that its scripts write there: a later copy must not bring the host's. */
  readonly written?: readonly string[];
  /** Files that it writes for what comes after it, as if they lay in the context. */
  readonly made?: readonly string[];
  /** Of files whose own name does not say what they hold: a name that does. */
  readonly formats?: ReadonlyMap<string, string>;
}
