import type { Instruction } from '../dockerfile/types.js';
import type { Input } from '../engine/types.js';
import { originOf } from './copies.js';
import { resolvePath } from '../../transforms/run-as-non-root/paths.js';
import { configBefore, subjectOf, type Subject } from '../../transforms/run-as-non-root/final-image.js';
import type { ReadScript } from '../commands/apt-lists.js';

/** Reads the script files of the build context that RUNs run. */
export function scriptReader(input: Input): (run: Instruction) => ReadScript {
  let known: Subject | undefined;
  return (run) => (path) => {
    const subject = (known ??= subjectOf(input));
    if (subject === undefined) return undefined;
    const origin = originOf(subject, resolvePath(configBefore(subject, run).workdir ?? '/', path));
    return origin?.copied.from === 'context' ? subject.context?.read(origin.path) : undefined;
  };
}
