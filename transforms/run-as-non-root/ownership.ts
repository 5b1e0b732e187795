import { textOf, type Word } from '../../src/commands/arguments.js';
import { isIn, rowOf } from '../../src/commands/catalogue/index.js';
import type { ShellState } from '../../src/commands/catalogue/types.js';
import { programOf, type Program } from '../../src/commands/program.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import type { Step } from '../../src/image/types.js';
import { copiedBy, copiedFiles } from './copied-files.js';
import { madeDirectories } from './made-directories.js';
import { isModuleInstall, isNodeManager, runsForAll } from './node-commands.js';
import { isOwnDirectory } from './own-directory.js';
import { openRun, type OpenRun } from '../../src/edits/run-append.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { applicationDirectory, bringsTree, DEPENDENCIES, fetchesSources, spills } from './application-directory.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import type { Start } from './start.js';
import { isWithin } from '../../src/paths.js';

/** What the account is given, so that the application can still write where it wrote as root. */
export interface Ownership {
  /** COPY and ADD instructions that get `--chown`. */
  readonly copies: readonly Instruction[];
  /** Directories that are given away alone. */
  readonly directories: readonly string[];
  /** A directory that is given away with all it holds. */
  readonly tree: string | undefined;
  /** The RUN that fills the tree: giving it away there keeps the layers from holding it twice. */
  readonly within: OpenRun | undefined;
  /** Those of `directories` that are to be made first. */
  readonly missing: readonly string[];
}

export function planOwnership(image: FinalImage, start: Start, createsAccount: boolean): Ownership | Refusal {
  const working = workingDirectory(image);
  const directory = applicationDirectory(image);
  const made = madeDirectories(image).filter((path) => path !== directory && !isFilledByCopy(image, path));
  if (!start.runtime.writes) {
    const own = directory === working && (createsAccount || made.length > 0) ? [directory] : [];
    return { copies: [], directories: [...own, ...made], tree: undefined, within: undefined, missing: [] };
  }
  if (directory === undefined && (spills(image) || fetchesSources(image)))
    return refuse('no-own-directory', `the application lies in \`${working}\`, which an account can't be given`);
  const late = lateCopies(image);
  const copies = late.filter((instruction) => isGiven(image, instruction, directory));
  if (directory === undefined) return { copies, directories: made, tree: undefined, within: undefined, missing: [] };
  if (hasEarlySources(image, directory, new Set(late)))
    return treePlan(image, directory, { copies, directories: made.filter((path) => !isWithin(directory, path)) });
  const modules = start.unreadScript && image.state.steps.some(installsModules) ? [`${directory}/node_modules`] : [];
  const own = directory === working ? [directory] : [];
  return { copies, directories: [...own, ...made, ...modules], tree: undefined, within: undefined, missing: modules };
}

/** A directory into which the Dockerfile copies is there for what it copies. */
function isFilledByCopy(image: FinalImage, path: string): boolean {
  return copiedFiles(image).some(({ destination }) => isWithin(path, destination));
}

/** The sources came before a command ran that could notice their owner: the whole directory is given away. */
function treePlan(
  image: FinalImage,
  directory: string,
  rest: Pick<Ownership, 'copies' | 'directories'>,
): Ownership | Refusal {
  const chain = new Set(image.instructions);
  const steps = image.stages.flatMap((stage) => stage.steps).filter(({ instruction }) => chain.has(instruction));
  const fillers = steps.filter((step) => step.kind === 'run' && fillsDirectory(step));
  const [filler] = fillers;
  if (filler === undefined) return { ...rest, tree: directory, within: undefined, missing: [] };
  const isLast = filler === image.state.steps.findLast((step) => step.kind === 'run' && !isBlind(step));
  if (isLast && fillers.length === 1 && isPlainList(filler) && filler.config.workdir === directory) {
    const within = openRun(image.dockerfile, filler.instruction, filler.config);
    if (!isRefusal(within)) return { ...rest, tree: directory, within, missing: [] };
  }
  return refuse(
    'ownership-costly',
    `\`${directory}\` is filled by several steps: to give it to an account, the image would have to hold it twice`,
  );
}

/** None of its commands can notice who owns the files of the application. */
function isBlind({ script }: Step): boolean {
  return script?.commands.every((command) => isIn(programOf(command)?.row, 'owner-blind')) ?? false;
}

/** COPY and ADD of the stage after which no command runs that could notice the owner: git and npm look at it. */
function lateCopies(image: FinalImage): readonly Instruction[] {
  const { steps } = image.state;
  const last = steps.findLastIndex((step) => step.kind === 'run' && !isBlind(step));
  return steps.slice(last + 1).flatMap(({ kind, instruction }) => (kind === 'run' ? [] : [instruction]));
}

/** Brings along something that the application may write to: a directory or a data file, not a source or a manifest. */
function isGiven(image: FinalImage, instruction: Instruction, directory: string | undefined): boolean {
  const copied = copiedBy(image, instruction);
  if (copied === undefined || copied.copy.owner !== undefined) return false;
  const inside = directory !== undefined && isWithin(directory, copied.destination);
  if ((!inside && !isOwnDirectory(copied.destination)) || DEPENDENCIES.test(copied.destination)) return false;
  return bringsTree(image, copied) || copied.sources.some((source) => /\.(?:db|sqlite\d?|rdb|csv)$/.test(source));
}

function hasEarlySources(image: FinalImage, directory: string, late: ReadonlySet<Instruction>): boolean {
  const copies = copiedFiles(image).filter(
    (copied) => isWithin(directory, copied.destination) && bringsTree(image, copied),
  );
  if (copies.length === 0) return fetchesSources(image);
  return copies.some(({ copy }) => !late.has(copy.instruction) && copy.owner === undefined);
}

/** Puts dependencies or build output into the working directory. */
function fillsDirectory({ script, instruction }: Step): boolean {
  if (script !== undefined) return script.commands.some((command) => fills(programOf(command)));
  return instruction.heredocs.length > 0 || fills(programOf(instruction.json ?? []));
}

function fills<W extends Word>(program: Program<W> | undefined): boolean {
  const words = program?.args.map(textOf) ?? [];
  if (words.some((word) => /^--(?:path|deployment)/.test(word)) || words.join(' ').includes('-m venv')) return true;
  if (program === undefined || !isIn(program.row, 'fills')) return false;
  return !isNodeManager(program) || !(runsForAll(program) || /^(?:config|cache)$/.test(words[0] ?? ''));
}

function installsModules({ script }: Step): boolean {
  return script?.commands.some((command) => isModuleInstall(programOf(command))) ?? false;
}

/** After these another command would run elsewhere, differently or not at all. */
const LEAVING: ReadonlySet<ShellState['kind']> = new Set(['directory', 'option', 'exit']);

/** One list of commands joined by `&&`, all of which run in the directory of the RUN. */
function isPlainList({ script }: Step): boolean {
  const [list, ...others] = script?.statements ?? [];
  return (
    list !== undefined &&
    others.length === 0 &&
    list.operators.every((operator) => operator === '&&') &&
    script?.commands.every(
      ({ name }) => name !== undefined && !LEAVING.has(rowOf(name.text)?.state?.kind ?? 'none'),
    ) === true
  );
}
