import { isCopy } from '../../src/dockerfile/copy.js';
import type { Dockerfile, Flag, Instruction, Stage } from '../../src/dockerfile/types.js';
import { shippedStages } from '../../src/dockerfile/stages.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { sceneAt } from '../../src/image/scene.js';
import type { ImageState } from '../../src/image/types.js';
import { hasPosixShell } from '../../src/image/platform.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { plainUse } from '../../src/commands/apt/command.js';
import { INSTALLS } from '../../src/commands/apt/files.js';
import { usesIn } from '../../src/commands/apt/script.js';
import type { AptUse } from '../../src/commands/apt/use.js';
import { packageAction, type PackageAction } from '../../src/commands/packages.js';
import { programOf } from '../../src/commands/program.js';
import { isRefusal } from '../../src/refusal.js';
import { commandsOfRun, runScript, type RunScript } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';

/** A command that fetches the apt lists. */
interface ListUpdate {
  readonly command: Command;
  /** It is apt's own command, no script that runs it. */
  readonly plain: boolean;
  /** Of its RUN: it may need what they give, such as a secret or the network. */
  readonly flags: readonly Flag[];
}

/** The apt lists that an image holds at one point of its build. */
export interface Lists {
  readonly stage: Stage;
  /** The RUN that fetched them. */
  readonly instruction: Instruction;
  readonly run: RunScript;
  readonly update: ListUpdate;
  /** The line on which the package sources were changed since. */
  readonly changed: number | undefined;
  /** Something has installed from them. */
  readonly read: boolean;
  /** The line of a program that may have installed from them: it may have changed the package sources, too. */
  readonly perhaps: number | undefined;
  /** The line of a program of which it is not known that it leaves them alone. */
  readonly unknown: number | undefined;
}

/** A RUN that installs from the lists of an earlier one. */
export interface LateInstall {
  readonly lists: Lists;
  readonly instruction: Instruction;
  readonly run: RunScript;
  readonly command: Command;
}

/** The RUNs that install from lists which a stage that ships has fetched in another RUN, in the order of the file. */
export function lateInstalls(
  dockerfile: Dockerfile,
  image: ImageState,
  context: BuildContext | undefined,
): readonly LateInstall[] {
  // Only apt's own commands are found: what other commands do matters where there is one, up to the last RUN that could be found.
  if (!dockerfile.instructions.some(({ keyword, body }) => keyword === 'RUN' && body.text.includes('apt'))) return [];
  const last = dockerfile.instructions.findLast((one) => mayInstallLate(dockerfile, one));
  if (last === undefined) return [];
  const shipped = shippedStages(dockerfile);
  const ends = new Map<Stage, Lists | undefined>();
  return dockerfile.stages.flatMap((stage) => {
    const found: LateInstall[] = [];
    let lists = stage.parent && ends.get(stage.parent);
    for (const instruction of stage.instructions) {
      if (instruction.start > last.start) break;
      const config = image.stages[stage.index]?.before(instruction);
      if (instruction.keyword !== 'RUN') lists = afterFiles(lists, instruction);
      else if (config !== undefined) {
        const run = hasPosixShell(config) ? runScript(dockerfile, instruction) : undefined;
        if (run === undefined || isRefusal(run)) lists = afterUnread(lists, instruction);
        else {
          const scene = sceneAt(image, context, instruction);
          const uses = scene === undefined ? NO_USES : usesIn(run.script, scene);
          lists = afterRun({ stage, instruction, run }, uses, lists, found);
        }
      }
    }
    ends.set(stage, lists);
    return found.filter((one) => shipped.includes(one.lists.stage));
  });
}

/** The first of apt's own commands in it reads the lists: after an own update they would not be those of an earlier RUN. */
function mayInstallLate(dockerfile: Dockerfile, instruction: Instruction): boolean {
  if (!instruction.body.text.includes('apt') && instruction.heredocs.length === 0) return false;
  for (const command of commandsOfRun(dockerfile, instruction)) {
    const use = plainUse(command);
    if (use !== undefined) return use === 'read';
  }
  return false;
}

const NO_USES: ReadonlyMap<Command, AptUse> = new Map();

/** The folder with the package sources; what lies in some of its folders decides on trust alone. */
const SOURCES = /\/etc\/apt(?!\/(?:trusted|keyrings|auth|apt\.conf|preferences))/;

function afterFiles(lists: Lists | undefined, instruction: Instruction): Lists | undefined {
  const { startLine, body } = instruction;
  const changes = isCopy(instruction) && SOURCES.test(body.text);
  return lists && changes ? { ...lists, changed: startLine } : lists;
}

function afterUnread(lists: Lists | undefined, { body, startLine }: Instruction): Lists | undefined {
  return lists && /\bapt/.test(body.text) ? { ...lists, perhaps: startLine } : lists;
}

/** Of the commands that install nothing, those that still fetch what the lists name; the others only ask what they hold. */
const FETCHES = /^(?:source|download)$/;

const UNTOUCHED = { changed: undefined, read: false, perhaps: undefined, unknown: undefined };

function afterRun(
  place: Pick<Lists, 'stage' | 'instruction' | 'run'>,
  uses: ReadonlyMap<Command, AptUse>,
  before: Lists | undefined,
  found: LateInstall[],
): Lists | undefined {
  const { instruction, run } = place;
  const line = instruction.startLine;
  let lists = before;
  for (const command of run.script.commands) {
    const one = uses.get(command);
    const action = packageAction(command);
    const plain = action?.manager === 'apt';
    if (one?.use === 'update') lists = { ...place, ...UNTOUCHED, update: { command, plain, flags: instruction.flags } };
    else if (lists !== undefined && one?.use === 'read' && plain) {
      const asks = (action.kind === 'other' && !FETCHES.test(action.subcommand?.text ?? '')) || installsFiles(action);
      if (!asks && lists.instruction !== instruction) found.push({ lists, instruction, run, command });
      lists = { ...lists, instruction: asks ? lists.instruction : instruction, read: true };
    } else if (lists !== undefined && one !== undefined) {
      const installs = one.use === 'read' || INSTALLS.test(one.by);
      lists = installs ? { ...lists, perhaps: line } : { ...lists, unknown: line };
    }
    if (cachesEmptied(command).includes('apt-lists')) lists = undefined;
    if (lists !== undefined && changesSources(command)) lists = { ...lists, changed: line };
  }
  return lists;
}

/** `apt install ./shop.deb`: of the lists it needs at most what the package depends on. */
function installsFiles({ kind, operands }: PackageAction): boolean {
  return (
    kind === 'install' && operands.length > 0 && operands.every(({ text }) => /^["']?\.{0,2}\/|\.deb["']?$/.test(text))
  );
}

function changesSources(command: Command): boolean {
  const program = programOf(command);
  if (/^(?:add-apt-repository|apt-add-repository)$/.test(program?.name ?? '')) return true;
  if (program?.name === 'dpkg' && program.args.some(({ text }) => text.startsWith('--add-arch'))) return true;
  const targets = command.redirections.map(({ target }) => target ?? '');
  return [...command.args.map(({ text }) => text), ...targets].some((text) => SOURCES.test(text));
}
