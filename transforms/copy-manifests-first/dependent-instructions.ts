/**
 * Instructions between a tree copy and an install that belong to the copy: they work on files that it brought, and go where
 * it goes. `RUN chmod +x start.sh`, `COPY nginx.conf ./conf/`.
 */
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import type { Config, Copy, StageState } from '../../src/image/types.js';
import { valueOf } from '../../src/commands/arguments.js';
import { isIn } from '../../src/commands/catalogue/index.js';
import { fileArguments } from '../../src/commands/file-arguments.js';
import { programOf } from '../../src/commands/program.js';
import { isRefusal } from '../../src/refusal.js';
import { runScript } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';
import { copyOf } from '../../src/image/copies.js';
import { isLiteral, type TreeCopy } from '../../src/image/tree-copy.js';
import { baseName, imagePath, joinPath, pathBelow, sourcePath } from '../../src/paths.js';

export interface Companion {
  readonly instruction: Instruction;
  /** Files and folders of the image that it reads or writes. */
  readonly touches: readonly string[];
}

/** Undefined when what the instruction touches can't be listed, or a RUN touches what lies outside the tree. */
export function readCompanion(
  dockerfile: Dockerfile,
  state: StageState,
  instruction: Instruction,
  tree: TreeCopy,
  context: BuildContext | undefined,
): Companion | undefined {
  const touches =
    instruction.keyword === 'RUN'
      ? touchedByRun(dockerfile, instruction, state.before(instruction))
      : touchedByCopy(copyOf(state, instruction), context);
  // `cp pip.conf /etc/` is there for the install.
  const outside = touches?.some((path) => tree.target === '/' || pathBelow(tree.target, path) === undefined);
  if (touches === undefined || (instruction.keyword === 'RUN' && outside === true)) return undefined;
  return { instruction, touches };
}

function touchedByCopy(copy: Copy | undefined, context: BuildContext | undefined): string[] | undefined {
  if (copy?.target === undefined || !copy.plain || /[*?[\]$"']/.test(copy.destination)) return undefined;
  const { sources, target } = copy;
  if (!sources.every((source) => source.from === 'context' && isLiteral(source))) return undefined;
  return sources.map(({ written }) => {
    const path = sourcePath(written);
    const isFile = context?.exists(path) === 'file';
    // Into a folder or as a file of that name: both are possible, where the destination may be either.
    return isFile && target.isDirectory ? joinPath(target.path, baseName(path)) : target.path;
  });
}

function touchedByRun(dockerfile: Dockerfile, instruction: Instruction, config: Config): string[] | undefined {
  const run = runScript(dockerfile, instruction);
  if (isRefusal(run) || instruction.flags.length > 0) return undefined;
  const touches: string[] = [];
  for (const command of run.script.commands) {
    const paths = command.topLevel ? touchedPaths(command, config) : undefined;
    if (paths === undefined) return undefined;
    touches.push(...paths);
  }
  return touches;
}

function touchedPaths(command: Command, config: Config): string[] | undefined {
  const program = programOf(command);
  const files = program && fileArguments(program);
  if (files === undefined || command.redirections.length > 0 || command.assignments.length > 0) return undefined;
  if (command.args.some(({ value }) => value === undefined)) return undefined;
  const recursive = files.options.some(({ word }) => /^-[a-zA-Z]*R|^--recursive$/.test(word.text));
  if (recursive && !isIn(program?.row, 'adds-no-file')) return undefined;
  return files.paths.map((path) => imagePath(config.workdir, valueOf(path)));
}
