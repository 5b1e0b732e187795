import { isCopy } from '../../src/dockerfile/copy.js';
import type { Dockerfile, Instruction, Stage } from '../../src/dockerfile/types.js';
import { shippedStages } from '../../src/dockerfile/stages.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { sceneAt } from '../../src/image/scene.js';
import { scriptReader } from '../../src/image/script-files.js';
import type { ImageState } from '../../src/image/types.js';
import { hasPosixShell } from '../../src/image/platform.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { usesIn } from '../../src/commands/apt/script.js';
import type { AptUse } from '../../src/commands/apt/use.js';
import { programOf } from '../../src/commands/program.js';
import { isRefusal } from '../../src/refusal.js';
import { runScript, type RunScript } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';
import { listCommands, type ListCommand, type ReadScriptOf } from '../../src/commands/apt-lists.js';

/** The apt lists that an image holds at one point of its build. */
export interface Lists {
  readonly stage: Stage;
  /** The RUN that fetched them. */
  readonly instruction: Instruction;
  readonly run: RunScript;
  readonly update: ListCommand;
  /** The line on which the package sources were changed since. */
  readonly changed: number | undefined;
  /** Something has installed from them. */
  readonly read: boolean;
  /** The line of a script that may have installed from them, by its name. */
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
  const scripts = scriptReader(image, context);
  const shipped = shippedStages(dockerfile);
  const ends = new Map<Stage, Lists | undefined>();
  return dockerfile.stages.flatMap((stage) => {
    const found: LateInstall[] = [];
    let lists = stage.parent && ends.get(stage.parent);
    for (const instruction of stage.instructions) {
      const config = image.stages[stage.index]?.before(instruction);
      if (instruction.keyword !== 'RUN') lists = afterFiles(lists, instruction);
      else if (config !== undefined) {
        const run = hasPosixShell(config) ? runScript(dockerfile, instruction) : undefined;
        if (run === undefined || isRefusal(run)) lists = afterUnread(lists, instruction);
        else {
          const matters = lists !== undefined || run.script.text.includes('update');
          const scene = matters ? sceneAt(image, context, instruction) : undefined;
          const uses = scene && usesIn(run.script, scene);
          lists = afterRun({ stage, instruction, run, uses }, lists, scripts, found);
        }
      }
    }
    ends.set(stage, lists);
    return found.filter((one) => shipped.includes(one.lists.stage));
  });
}

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

/** Undefined where there are no lists to be used. */
type Uses = ReadonlyMap<Command, AptUse> | undefined;

const UNTOUCHED = { changed: undefined, read: false, perhaps: undefined, unknown: undefined };

function afterRun(
  { uses: all, ...place }: Pick<Lists, 'stage' | 'instruction' | 'run'> & { readonly uses: Uses },
  before: Lists | undefined,
  scripts: ReadScriptOf,
  found: LateInstall[],
): Lists | undefined {
  const { instruction, run } = place;
  const uses = new Map(listCommands(run.script, scripts(instruction)).map((one) => [one.command, one]));
  let lists = before;
  for (const command of run.script.commands) {
    const one = uses.get(command);
    if (one?.use === 'update') lists = { ...place, ...UNTOUCHED, update: one };
    else if (one?.use === 'read' && lists !== undefined) {
      if (lists.instruction !== instruction) found.push({ lists, instruction, run, command });
      lists = { ...lists, instruction, read: true };
    } else if (lists !== undefined && one !== undefined) lists = { ...lists, perhaps: instruction.startLine };
    else if (lists !== undefined && all?.has(command) === true) lists = { ...lists, unknown: instruction.startLine };
    if (cachesEmptied(command).includes('apt-lists')) lists = undefined;
    if (lists !== undefined && changesSources(command)) lists = { ...lists, changed: instruction.startLine };
  }
  return lists;
}

function changesSources(command: Command): boolean {
  const program = programOf(command);
  if (/^(?:add-apt-repository|apt-add-repository)$/.test(program?.name ?? '')) return true;
  if (program?.name === 'dpkg' && program.args.some(({ text }) => text.startsWith('--add-arch'))) return true;
  const targets = command.redirections.map(({ target }) => target ?? '');
  return [...command.args.map(({ text }) => text), ...targets].some((text) => SOURCES.test(text));
}
