/** Which files of the context lie where in the image, before an instruction. */
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import type { Config, StageState } from '../../src/image/types.js';
import { readRun } from './install-run.js';
import { copyTarget, operands, type TreeCopy } from '../../src/image/tree-copy.js';
import { baseName, imagePath, isUnknown, joinPath } from '../../src/paths.js';

/** Context path by image path, for what the stage copies by name. A RUN that may touch them makes them unknown. */
export function copiedBefore(
  dockerfile: Dockerfile,
  state: StageState,
  tree: TreeCopy,
  context: BuildContext,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const instruction of state.stage.instructions) {
    if (instruction.index >= tree.instruction.index) break;
    const config = state.before(instruction);
    if (instruction.keyword === 'RUN') {
      if (readRun(dockerfile, instruction, config, tree.target).rest !== undefined) found.clear();
    } else if (instruction.keyword === 'WORKDIR') {
      for (const place of found.keys()) if (isUnknown(place)) found.delete(place);
    } else for (const [place, path] of copiedFiles(dockerfile, instruction, config, context)) found.set(place, path);
  }
  return found;
}

/** Files and folders of the image that a copy from the context fills, with what fills them. */
function copiedFiles(
  { escape }: Dockerfile,
  instruction: Instruction,
  config: Config,
  context: BuildContext,
): [string, string][] {
  const words = operands(instruction);
  const target = copyTarget(instruction, config, escape);
  if (words === undefined || target === undefined) return [];
  const sources = words.slice(0, -1).map((word) => word.replace(/^(?:\.?\/)+/, '').replace(/\/$/, ''));
  const files = sources.flatMap((source) => (/[*?[]/.test(source) ? (context.glob(source) ?? []) : [source]));
  const last = words.at(-1) ?? '';
  const isFolder = /(?:^|\/)\.{0,2}\/?$/.test(last) || last.endsWith('/') || target === imagePath(config.workdir, '.');
  return files.map((file) => {
    const whole = context.exists(file) === 'directory' || (sources.length === 1 && !isFolder);
    return [whole ? target : joinPath(target, baseName(file)), file];
  });
}
