import { stagesOn } from '../../src/dockerfile/stages.js';
import type { Dockerfile, Instruction, Stage } from '../../src/dockerfile/types.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { runScript } from '../../src/shell/run.js';
import { listCommands, type ListCommand, type ReadScriptOf } from '../../src/commands/apt-lists.js';

interface Reader {
  readonly line: number;
  readonly use: 'read' | 'perhaps';
}

/** A later RUN installs from the apt lists that this one leaves; undefined when none is seen. */
export function needsListsLater(
  dockerfile: Dockerfile,
  instruction: Instruction,
  scripts: ReadScriptOf,
): Refusal | undefined {
  const stage = dockerfile.stages[instruction.stageIndex];
  if (stage === undefined) return undefined;
  const rest = stage.instructions.slice(stage.instructions.indexOf(instruction) + 1);
  const reader = firstReader(dockerfile, rest, scripts) ?? readerInChildren(dockerfile, stage, scripts);
  if (reader === undefined) return undefined;
  const how =
    reader.use === 'read'
      ? 'installs from these lists without an update of its own'
      : 'runs a script that may install from these lists';
  return refuse('needed-later', `the RUN on line ${reader.line} ${how}`);
}

function readerInChildren(dockerfile: Dockerfile, stage: Stage, scripts: ReadScriptOf): Reader | undefined {
  for (const { instructions } of stagesOn(dockerfile, stage)) {
    const found = firstReader(dockerfile, instructions, scripts);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first RUN that installs before anything updates the lists again. */
function firstReader(
  dockerfile: Dockerfile,
  instructions: readonly Instruction[],
  scripts: ReadScriptOf,
): Reader | undefined {
  for (const instruction of instructions) {
    const run = instruction.trigger ?? instruction;
    if (run.keyword !== 'RUN') continue;
    const use = firstUse(dockerfile, run, scripts);
    if (use === 'read' || use === 'perhaps') return { line: instruction.startLine, use };
    if (use === 'update' && instruction.keyword === 'RUN') return undefined;
  }
  return undefined;
}

/** What a RUN does first with the lists of the image; by the words alone where its script can't be read. */
function firstUse(dockerfile: Dockerfile, run: Instruction, scripts: ReadScriptOf): ListCommand['use'] | undefined {
  const found = runScript(dockerfile, run);
  if (!isRefusal(found)) return listCommands(found.script, scripts(run))[0]?.use;
  const text = run.body.text + heredocs(dockerfile, run);
  if (!/\bapt(?:-get|itude)?\b[\s\S]*\binstall\b/.test(text)) return undefined;
  return /\bupdate\b[\s\S]*\binstall\b/.test(text) ? 'update' : 'read';
}

function heredocs({ text }: Dockerfile, { heredocs }: Instruction): string {
  return heredocs.map(({ body }) => text.slice(body.start, body.end)).join('\n');
}
