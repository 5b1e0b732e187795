import type { Instruction } from '../../src/dockerfile/types.js';
import type { Input } from '../../src/engine/types.js';
import { originOf } from '../runtime/copied-files.js';
import { resolvePath } from '../runtime/paths.js';
import { configBefore, subjectOf, type Subject } from '../runtime/subject.js';
import type { ReadScript } from './apt-lists.js';

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
