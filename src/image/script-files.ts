import type { ReadScript } from '../commands/apt-lists.js';
import type { Instruction } from '../dockerfile/types.js';
import type { BuildContext } from '../facts/context/types.js';
import { imagePath } from '../paths.js';
import { isRefusal } from '../refusal.js';
import { originAt } from './origin.js';
import type { ImageState } from './types.js';

/** Reads the script files of the build context that RUNs run. */
export function scriptReader(
  { stages }: ImageState,
  context: BuildContext | undefined,
): (run: Instruction) => ReadScript {
  return (run) => (path) => {
    const config = stages[run.stageIndex]?.before(run);
    const origin = originAt({ stages, context }, run, imagePath(config?.workdir, path));
    if (isRefusal(origin) || origin.contextPath === undefined) return undefined;
    const text = context?.read(origin.contextPath);
    return text === undefined ? undefined : { text, certain: origin.doubt === undefined };
  };
}
