import { isRefusal, type Refusal } from '../../refusal.js';
import type { Inputs } from '../project/types.js';

/** All of them together; the first refusal where one is. */
export function combine(parts: readonly (Inputs | Refusal)[]): Inputs | Refusal {
  const refusal = parts.find(isRefusal);
  if (refusal !== undefined) return refusal;
  const inputs = parts.filter((part): part is Inputs => !isRefusal(part));
  const evaluated = new Set(inputs.flatMap(({ files, inert = [] }) => files.filter((path) => !inert.includes(path))));
  return {
    files: [...new Set(inputs.flatMap((part) => part.files))],
    inert: inputs.flatMap((part) => part.inert ?? []).filter((path) => !evaluated.has(path)),
    directories: [...new Set(inputs.flatMap((part) => part.directories ?? []))],
    outputs: inputs.flatMap((part) => part.outputs ?? []),
    written: inputs.flatMap((part) => part.written ?? []),
  };
}
