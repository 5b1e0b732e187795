import type { Instruction } from '../dockerfile/types.js';
import type { Input } from '../engine/types.js';
import { originOf } from './copies.js';
import { configBefore, finalImageOf, type FinalImage } from '../../transforms/run-as-non-root/final-image.js';
import type { ReadScript } from '../commands/apt-lists.js';
import { imagePath } from '../paths.js';

/** Reads the script files of the build context that RUNs run. */
export function scriptReader(input: Input): (run: Instruction) => ReadScript {
  let known: FinalImage | undefined;
  return (run) => (path) => {
    const image = (known ??= finalImageOf(input));
    if (image === undefined) return undefined;
    const origin = originOf(image, imagePath(configBefore(image, run).workdir ?? '/', path));
    return origin?.copied.from === 'context' ? image.context?.read(origin.path) : undefined;
  };
}
