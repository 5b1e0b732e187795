import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import { isRefusal } from '../refusal.js';
import { runScript } from '../shell/run.js';
import { installOf } from '../../transforms/copy-manifests-first/install-step.js';

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
