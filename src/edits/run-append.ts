import { appendPlace, type AppendPlace } from '../commands/append.js';
import { insert } from '../dockerfile/edit.js';
import type { Dockerfile, Edit, Instruction } from '../dockerfile/types.js';
import { hasPosixShell } from '../image/platform.js';
import type { Config } from '../image/types.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { startsWithErrexit } from '../shell/options.js';
import { runScript, type RunScript } from '../shell/run.js';
import { chainStyle, joint } from './joint.js';

/** A RUN at whose end commands can be added. */
export interface OpenRun {
  readonly instruction: Instruction;
  readonly run: RunScript;
  readonly place: AppendPlace;
}

/**
 * The RUN, where a command added at its end runs only if all before it succeeded and leaves the exit status as it is.
 * @param config before the RUN
 */
export function openRun(dockerfile: Dockerfile, instruction: Instruction, config: Config): OpenRun | Refusal {
  if (!hasPosixShell(config)) return refuse('no-place', 'SHELL names a shell that joins commands differently');
  const run = runScript(dockerfile, instruction);
  if (isRefusal(run)) return run;
  const place = appendPlace(run.script, startsWithErrexit(config.shell));
  return isRefusal(place) ? place : { instruction, run, place };
}

/** Adds commands at the end of a RUN, in its style: on its line, or each on a line of its own. */
export function appendCommands(
  dockerfile: Dockerfile,
  { instruction, run, place: { offset, operator } }: OpenRun,
  commands: readonly string[],
): Edit {
  const style = chainStyle(dockerfile, instruction);
  const { end } = run.source({ start: offset, end: offset });
  return insert(end, commands.map((command) => joint(style, { operator }) + command).join(''));
}
