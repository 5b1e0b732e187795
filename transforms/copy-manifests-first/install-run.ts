/** Reads a RUN as a list of steps: which of them install dependencies, and where it begins to need the project's sources. */
import { bindsContext, mountsOf } from '../../src/dockerfile/mounts.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import { cachesEmptied, isCacheCleanup } from '../../src/commands/caches.js';
import { packageAction } from '../../src/commands/packages.js';
import { hasPosixShell } from '../../src/image/platform.js';
import type { Config } from '../../src/image/types.js';
import { splitPlace, unsplit, type Ending, type Split } from '../../src/edits/run-split.js';
import { takesBack } from '../../src/commands/takes-back.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { runScript, type RunScript } from '../../src/shell/run.js';
import type { Command, Script, ShellRange } from '../../src/shell/types.js';
import { readStep, type Shell, type Step } from './install-step.js';

export interface RunReading {
  readonly steps: readonly Step[];
  /** Set where the RUN goes on with something that may need the sources. */
  readonly rest: Rest | undefined;
}

export interface Rest {
  /** The command that may need the sources, for messages. */
  readonly command: string;
  /** Where the RUN can be split, or why it can't. */
  readonly gap: Split | Refusal;
}

/** @param tree folder of the image that the copy in question fills */
export function readRun(dockerfile: Dockerfile, instruction: Instruction, config: Config, tree: string): RunReading {
  const unread = (reason: string): RunReading => ({
    steps: [],
    rest: { command: instruction.body.text, gap: unsplit(reason) },
  });
  if (!hasPosixShell(config)) return unread('its shell is no POSIX one');
  if (mountsOf(instruction).some(bindsContext)) return unread('it mounts the build context');
  const run = runScript(dockerfile, instruction);
  if (isRefusal(run)) return unread("it can't be read as a shell script");
  const shell: Shell = { directory: config.workdir, env: config.variables, tree, stateful: false, moved: false };
  const steps: Step[] = [];
  const members = run.script.statements.flatMap((statement) => statement.members);
  for (const [index, member] of members.entries()) {
    const found = readMember(run.script, member, shell);
    if (found === undefined) {
      const command = run.script.text.slice(member.start, member.end).replace(/\s+/g, ' ');
      return { steps, rest: { command, gap: findGap(instruction, run, members[index - 1], member, shell) } };
    }
    steps.push(...found);
  }
  return { steps, rest: undefined };
}

/** The steps of one member of an and-or list; undefined when one of its commands is not known. */
function readMember(script: Script, member: ShellRange, shell: Shell): Step[] | undefined {
  const commands = script.commands.filter(({ start, end }) => start >= member.start && end <= member.end);
  const steps: Step[] = [];
  for (const command of commands) {
    const step = readStep(command, shell);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return commands.length === 0 ? undefined : steps;
}

function findGap(
  instruction: Instruction,
  run: RunScript,
  before: ShellRange | undefined,
  rest: ShellRange,
  shell: Shell,
): Split | Refusal {
  const place = splitPlace(instruction, run, before, rest);
  if (isRefusal(place)) return place;
  const taken = takesBack(run.script, rest);
  if (taken !== undefined)
    return refuse(
      'takes-back',
      `\`${taken}\` after the install takes back what came before, and has to stay in the same RUN`,
    );
  const repeated = folderChange(run, shell);
  return shell.stateful || repeated === undefined
    ? unsplit("the install changes the shell's state for the commands after it")
    : { ...place, repeated, ending: endingOf(run, rest) };
}

/** The cleanups at the end of the list that empty what the installers before the rest have filled, and nothing in the rest. */
function endingOf(run: RunScript, rest: ShellRange): Ending | undefined {
  const { script } = run;
  const members = script.statements[0]?.members ?? [];
  const filledBy = (commands: readonly Command[]): readonly string[] =>
    commands.flatMap((command) => {
      const action = packageAction(command);
      return action?.kind === 'install' ? (action.program.row?.manager?.cache ?? action.manager) : [];
    });
  const before = filledBy(script.commands.filter(({ start }) => start < rest.start));
  const later = filledBy(script.commands.filter(({ start }) => start >= rest.start));
  let at = members.length;
  while (at > 0) {
    const member = members[at - 1];
    const command = script.commands.find(({ start, topLevel }) => topLevel && start === member?.start);
    if (member === undefined || member.start <= rest.start || command === undefined || !isCacheCleanup(command)) break;
    if (!cachesEmptied(command).every((cache) => before.includes(cache) && !later.includes(cache))) break;
    at--;
  }
  const [kept, first] = [members[at - 1], members[at]];
  const last = members.at(-1);
  if (kept === undefined || first === undefined || last === undefined) return undefined;
  return {
    start: run.source(kept).end,
    end: run.source(last).end,
    commands: members.slice(at).map(({ start, end }) => script.text.slice(start, end)),
  };
}

/** What brings the rest into the folder it ran in: `cd web` when that is how the list begins, and no `cd` follows. */
function folderChange({ script }: RunScript, shell: Shell): readonly string[] | undefined {
  if (!shell.moved) return [];
  const changes = script.commands.filter(({ name }) => name?.value === 'cd');
  const [first] = script.statements[0]?.members ?? [];
  const only = changes[0];
  if (first === undefined || only === undefined || changes.length > 1 || only.start !== first.start) return undefined;
  return [script.text.slice(first.start, first.end)];
}
