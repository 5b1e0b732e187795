/** How a program reads its command line. */
export interface ArgumentSpec {
  /** Options that take a value: `--file`, `-f`. */
  readonly valued?: readonly string[];
  /** Those among them that end its own words: what follows belongs to another program, as in `python -m pip install`. */
  readonly ending?: readonly string[];
  /** Short options are not bundled, since names of several letters follow one dash: `mvn -gs settings.xml`. */
  readonly unbundled?: true;
}

/** What is known of a program, in one place: whatever is asked about it is answered from its row. */
export interface Row extends ArgumentSpec {
  readonly name: string;
  /** Other names of the same program. */
  readonly aliases?: readonly string[];
  /** A version may follow the name: `joined` to it, as in `python3.11`, or after a dash, as in `gcc-12`. */
  readonly versioned?: 'joined' | 'dashed';
  readonly groups?: readonly Group[];
  /** It runs the command that follows its own words. */
  readonly wrapper?: Wrapper;
  /** The subcommand that runs the command after it, with the project's own packages: `bundle exec`. */
  readonly runs?: string;
  /** Its operands are paths, and it reads and writes no other files than those. */
  readonly paths?: Paths;
  /**
   * It takes no directory away, nor puts anything in the place of one, but for what its words name (`takenWords` reads those). What
   * it is given to run is another matter.
   */
  readonly keepsDirectories?: true | KeepsDirectories;
  /** What it leaves in the shell that runs it. */
  readonly state?: ShellState;
  readonly manager?: PackageManager;
  /** How its words name what else it runs, where it is no wrapper. */
  readonly calls?: Calls;
  /** Subcommands that install from the apt lists. */
  readonly readsLists?: readonly string[];
  /** What it starts is written in this language. */
  readonly language?: Language;
  /** Subcommands that build or install; with `''`, so it does without one. */
  readonly builds?: readonly string[];
  /** Subcommands that serve sources while they are edited; with `''`, so it does without one. */
  readonly develops?: readonly string[];
  /** Of a development server: subcommands that serve what was built. */
  readonly serves?: readonly string[];
  /** Subcommands that test. */
  readonly tests?: readonly string[];
  /** Words with which it puts commands into PATH, with `''` when it does so without any, and what those are written in. */
  readonly brings?: { readonly language: Language | 'compiled'; readonly by: readonly string[] };
  /** It creates one: the first operand is its name. */
  readonly creates?: 'account' | 'group';
  /** Subcommands that install into the home directory of whoever runs them; none listed: all of them do. */
  readonly home?: readonly string[];
}

export interface Wrapper {
  /** Words of its own, besides options, in front of the command: a user, a duration. */
  readonly operands?: number;
  /** A word of its own that may come first: `newrelic-admin run-program node app.js`. */
  readonly subcommand?: string;
  /** Takes `NAME=value` in front of the command. */
  readonly assigns?: true;
  /** Options whose value is a command line: `env -S 'node app.js'`. */
  readonly splits?: readonly string[];
  /** With these it only asks and runs nothing. */
  readonly asks?: readonly string[];
  /** The command begins after `--` and nowhere else. */
  readonly separator?: true;
  /** Runs what the shell does itself, too: `command cd /srv`. */
  readonly builtins?: true;
}

export interface Calls {
  /** A shell script: all of its words, joined; the first of them; the value of -c; or what a script of sed runs. */
  readonly script?: 'all' | 'first' | 'option' | 'sed';
  /** A command follows its options and that many words of its own: 1 in `chroot /mnt ls`. */
  readonly words?: number;
  /** The command runs in another root: what it updates is not in this image. */
  readonly elsewhere?: true;
  /** Further words of the command come from its input. */
  readonly appends?: true;
  /** A command follows one of these, up to `;` or `+`. */
  readonly options?: readonly string[];
  /** The first word is a script file, which the shell itself reads. */
  readonly file?: true;
  /** What files of the project say: the targets of a Makefile, the tasks of a playbook. */
  readonly project?: 'make' | 'playbook';
}

export interface KeepsDirectories {
  /** With these subcommands, and `''` for none, alone. */
  readonly only?: readonly string[];
  /** Not with these options. */
  readonly unless?: readonly string[];
}

export interface Paths {
  /** Operands in front that are no paths: a mode, an owner, a program of sed. */
  readonly leading?: number;
  /** Options that give what would come in front: `sed -e`. */
  readonly given?: readonly string[];
  /** What comes in front may look like an option: `chmod -x`. */
  readonly dashed?: true;
  /** It leaves what is in files as it is: it changes modes, owners or times, or makes what is missing. */
  readonly keeps?: true;
  /** Without a path it reads the directory it is in. */
  readonly needed?: true;
}

export interface ShellState {
  /**
   * What changes: the folder, exported variables, options of `set`, other settings, the variables that its operands name, the
   * one that -v names, something else; `exit`: it ends the shell; `replaces`: its command does so; `none`: nothing does.
   */
  readonly kind:
    | 'directory'
    | 'environment'
    | 'option'
    | 'setting'
    | 'variables'
    | 'variable'
    | 'exit'
    | 'replaces'
    | 'other'
    | 'none';
  /** POSIX: an assignment in front of it stays in the shell. */
  readonly special?: true;
}

export type Language = 'node' | 'static' | 'python' | 'ruby' | 'php' | 'scripted' | 'java' | 'dotnet';

export type Manager =
  | 'apt'
  | 'apk'
  | 'dnf'
  | 'yum'
  | 'microdnf'
  | 'tdnf'
  | 'zypper'
  | 'pacman'
  | 'pip'
  | 'pipenv'
  | 'poetry'
  | 'uv'
  | 'conda'
  | 'npm'
  | 'yarn'
  | 'pnpm'
  | 'bun'
  | 'gem'
  | 'bundler'
  | 'composer'
  | 'go'
  | 'cargo';

export type ActionKind = 'update' | 'install' | 'upgrade' | 'remove' | 'clean' | 'other';

/** What the subcommands of a package manager do. */
export interface PackageManager {
  readonly manager: Manager;
  /** Installs packages of the system. */
  readonly system?: true;
  /** The cache that its updates and installs leave for a cleanup of its own. */
  readonly cache?: 'apt-lists' | 'rpm' | 'zypper' | 'pacman';
  /** What a subcommand does; one that is not listed is `other`. */
  readonly kinds: Readonly<Record<string, ActionKind>>;
  /** What the bare command does. */
  readonly bare?: ActionKind;
}

/** Each group is the answer to one question, for messages and conditions of any module. */
export type Group =
  // What it is for.
  /** Makes, changes or removes the files that its words name. */
  | 'files'
  /** Changes, moves or takes away files that exist. */
  | 'alters'
  /** Copies or packs what the folders that it names hold. */
  | 'copies'
  /** Prints its words, or files: into a file where it is redirected. */
  | 'prints'
  /** Makes and changes accounts and groups. */
  | 'accounts'
  /** Downloads what its words name. */
  | 'fetch'
  /** Brings a repository of sources: git. */
  | 'checkout'
  /** Unpacks archives. */
  | 'unpack'
  /** Sets up sources, keys and state of the system's packages. */
  | 'package-setup'
  /** Sets up what packages have brought: a step of its own after them. */
  | 'sets-up-installed'
  /** Installs by name: where no word names a file, it reads nothing of a project. */
  | 'named-installs'
  /** Prints, or hands on, what another command of the pipeline reads. */
  | 'feeds'
  /** Removes, asks or prints: by itself it adds no file. */
  | 'adds-no-file'
  /** Answers a question about the system, for a word in `$(…)`. */
  | 'answers'
  /** Reads what is piped into it, where it is given no file. */
  | 'filter'
  /** Belongs to whatever work is around it. */
  | 'neutral'
  /** Reads and writes nothing but what its words name, the network and the system's settings. */
  | 'settings'
  /** Works on files: those that its words name. */
  | 'names-files'
  /** Does the same in every folder, unless one of its words names a file there. */
  | 'directory-free'
  /** Reads scripts as POSIX has it. */
  | 'shell'
  /** A shell with a language of its own, that is called as `sh` is and names programs as it does. */
  | 'other-shell'
  /** Runs a word of its own as a shell script. */
  | 'runs-strings'
  /** Runs programs in a language; without one, it waits for someone to type. */
  | 'interpreter'
  | 'compiler'
  // What it needs and leaves.
  /** Runs on after its command, until the RUN ends. */
  | 'daemon'
  /** Starts a daemon when it is told `start`. */
  | 'starts-services'
  /** Sets what is set for one RUN alone: mounts, names, kernel parameters. */
  | 'one-run'
  /** Does not notice who owns the files of an application. */
  | 'owner-blind'
  /** Puts dependencies or build output into the directory it runs in. */
  | 'fills'
  /**
   * Leaves the apt lists alone: it neither looks into them nor installs from them, unless it updates them first. What it is given to
   * run is another matter.
   */
  | 'apt-free'
  /** Runs what its configuration names: jobs, services. */
  | 'runs-configured'
  /** Installs from the apt lists, or looks into them. */
  | 'reads-apt-lists'
  // What it is when a container starts it.
  /** Hands over to another account, so it must start as root. */
  | 'drops-privileges'
  /** A server whose master runs as root and whose workers do not, or that switches the account by its own configuration. */
  | 'drops-itself'
  /** Needs root, or rights that only root has by default. */
  | 'needs-root'
  /** Compiles, installs or downloads before it runs an application, in directories that belong to root. */
  | 'builder'
  | 'tester'
  /** Keeps a container alive or prints something: nothing of an application runs. */
  | 'idle'
  /** Prepares something in a start script and needs no rights of its own. */
  | 'helper'
  /** Serves sources while a developer edits them. */
  | 'development-server'
  /** Entry point of base images that only starts what it is given. */
  | 'entrypoint';
