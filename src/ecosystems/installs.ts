/** Which commands of a RUN install dependencies, by the package managers that are understood. */
import { readArguments } from '../commands/arguments.js';
import { managerCall } from '../commands/packages.js';
import { programOf } from '../commands/program.js';
import { expandKnown, variablesOf } from '../dockerfile/expand.js';
import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import { memoize } from '../memoize.js';
import { isRefusal } from '../refusal.js';
import { runScript } from '../shell/run.js';
import type { Command } from '../shell/types.js';
import { ecosystems } from './index.js';
import type { Environment, Install } from './project/types.js';

/** A command of a RUN, without `sudo`, `env` and the folder in front of the program's name. */
export interface Invocation {
  /** `npm`, `pip3`; `mvnw` for `./mvnw`. */
  readonly program: string;
  /** As far as they are known: `$NAME` where one is not. */
  readonly args: readonly string[];
  readonly env: Environment;
}

/**
 * What a command line installs: `independent` when it needs nothing of the project; undefined where no package manager knows it,
 * or a word of it is only known when it runs.
 */
export function readInstall({ program, args, env }: Invocation): Install | 'independent' | undefined {
  if (args.some((word) => /^["']?\$|\$\(|`/.test(word))) return undefined;
  const run = programOf([program, ...args]);
  if (run?.row === undefined) return undefined;
  const { row, spec, args: words } = managerCall(run) ?? { row: run.row, spec: run.row, args: run.args };
  return managers.get(row.name)?.read({ name: run.name, words: readArguments(words, spec), env });
}

/** By their programs in the catalogue. */
const managers = new Map(
  ecosystems.flatMap((ecosystem) => ecosystem.managers).map((manager) => [manager.program, manager]),
);

/** The command without what only starts another: `sudo -E env A=b /usr/bin/npm ci`; undefined where it is not known. */
export function readInvocation(command: Command, known: Environment): Invocation | undefined {
  const own = new Map(command.assignments.map(({ name, value }) => [name, value?.value ?? '']));
  const env: Environment = { get: (name) => own.get(name) ?? known.get(name) };
  if (command.name === undefined) return { program: '', args: [], env };
  const program = programOf(command);
  if (program === undefined) return undefined;
  // A file of the project, such as `bin/setup`. The wrappers are listed among what their install reads.
  return program.local && program.name !== 'mvnw' && program.name !== 'gradlew'
    ? undefined
    : { program: program.name, args: program.args.map(({ value, text }) => value ?? fillIn(text, known)), env };
}

/**
 * The Dockerfile's variables filled in, as the shell does; as written where one is not known. An operator such as `:-` asks
 * whether a variable is set, and a command before may have set it.
 */
function fillIn(text: string, variables: Environment): string {
  const expanded = expandKnown(text, (name) => variables.get(name), '\\');
  const isPlain = variablesOf(text, '\\').every(({ operator }) => operator === '');
  return expanded === undefined || expanded.includes('$') || !isPlain ? text : expanded;
}

/** The install of a project's dependencies that a command is, without the variables of the Dockerfile. */
export const installOf = memoize((command: Command): Install | undefined => {
  const invocation = readInvocation(command, new Map());
  const found = invocation && readInstall(invocation);
  return found === 'independent' ? undefined : found;
});

/** A RUN installs a project's dependencies, wherever in its script. */
export function runInstalls(dockerfile: Dockerfile, instruction: Instruction): boolean {
  return instruction.keyword === 'RUN' && installManagers(dockerfile, instruction).length > 0;
}

/** Package managers whose project installs a RUN runs. */
export function installManagers(dockerfile: Dockerfile, instruction: Instruction): readonly string[] {
  const run = runScript(dockerfile, instruction);
  if (isRefusal(run)) return [];
  return run.script.commands.flatMap((command) => installOf(command)?.manager ?? []);
}
