import type { Dockerfile, Instruction, Stage } from '../../../src/dockerfile/types.js';
import { packageAction } from '../../../src/shell/packages.js';
import { runScript } from '../../../src/shell/run.js';

/** Says which later RUN installs from the apt lists that this one leaves; undefined when none is seen. */
export function needsListsLater(dockerfile: Dockerfile, instruction: Instruction): string | undefined {
  const stage = dockerfile.stages[instruction.stageIndex];
  if (stage === undefined) return undefined;
  const rest = stage.instructions.slice(stage.instructions.indexOf(instruction) + 1);
  const line = firstReader(dockerfile, rest) ?? readerInChildren(dockerfile, stage);
  return line === undefined
    ? undefined
    : `the RUN on line ${line} installs from these lists without an update of its own`;
}

function readerInChildren(dockerfile: Dockerfile, stage: Stage): number | undefined {
  for (const child of dockerfile.stages.filter(({ parent }) => parent === stage)) {
    const line = firstReader(dockerfile, child.instructions) ?? readerInChildren(dockerfile, child);
    if (line !== undefined) return line;
  }
  return undefined;
}

/** Line of the first RUN that installs before anything updates the lists again. */
function firstReader(dockerfile: Dockerfile, instructions: readonly Instruction[]): number | undefined {
  for (const instruction of instructions) {
    const run = instruction.trigger ?? instruction;
    if (run.keyword !== 'RUN') continue;
    const first = firstAptAction(dockerfile, run);
    if (first === 'install') return instruction.startLine;
    if (first === 'update' && instruction.keyword === 'RUN') return undefined;
  }
  return undefined;
}

function firstAptAction(dockerfile: Dockerfile, run: Instruction): 'install' | 'update' | undefined {
  const found = runScript(dockerfile, run);
  if (typeof found === 'string')
    return /\bapt(?:-get|itude)?\b[\s\S]*\binstall\b/.test(run.body.text + heredocs(dockerfile, run))
      ? guess(run.body.text + heredocs(dockerfile, run))
      : undefined;
  for (const command of found.script.commands) {
    const action = packageAction(command);
    if (action?.manager !== 'apt') continue;
    if (action.kind === 'update') return 'update';
    if (action.kind === 'install' || action.kind === 'upgrade') return 'install';
  }
  return undefined;
}

function guess(text: string): 'install' | 'update' {
  return /\bupdate\b[\s\S]*\binstall\b/.test(text) ? 'update' : 'install';
}

function heredocs({ text }: Dockerfile, { heredocs }: Instruction): string {
  return heredocs.map(({ body }) => text.slice(body.start, body.end)).join('\n');
}
