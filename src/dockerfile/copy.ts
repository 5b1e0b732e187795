/** COPY and ADD as they are written: no variable is filled in, quotes stay. What they do is told by `image/copies`. */
import { memoize } from '../memoize.js';
import type { Instruction } from './types.js';
import { operandsOf } from './words.js';

export interface CopyWords {
  /** Without heredocs: those are `instruction.heredocs`. */
  readonly sources: readonly string[];
  readonly destination: string;
  /** The stage or image that `--from` names; undefined: the build context, and for ADD the network, too. */
  readonly from: string | undefined;
}

export function isCopy({ keyword }: Instruction): boolean {
  return keyword === 'COPY' || keyword === 'ADD';
}

/** Undefined for another instruction, and for one that lacks a source. */
export function copyWords(instruction: Instruction): CopyWords | undefined {
  return isCopy(instruction) ? readWords(instruction) : undefined;
}

const readWords = memoize((instruction: Instruction): CopyWords | undefined => {
  const { heredocs, flags } = instruction;
  const sources = [...operandsOf(instruction)];
  const destination = sources.pop();
  const local = heredocs.length === 0 ? sources : sources.filter((_, index) => !isHeredoc(instruction, index));
  if (destination === undefined || sources.length === 0) return undefined;
  return { sources: local, destination, from: flags.find(({ name }) => name === 'from')?.value };
});

function isHeredoc({ json, words, heredocs }: Instruction, index: number): boolean {
  const word = json === undefined ? words[index] : undefined;
  return word !== undefined && heredocs.some(({ marker }) => word.start >= marker.start && word.end <= marker.end);
}

const REMOTE = /:\/\/|^[\w-]+@[\w.-]+:|^github\.com\/|[^/]\.git(?:[#?]|$)/i;

/** ADD fetches the source, of ONBUILD, too: a URL, or a git repository as far as its name tells. COPY never does. */
export function isRemote({ keyword, trigger }: Instruction, source: string): boolean {
  return (trigger?.keyword ?? keyword) === 'ADD' && REMOTE.test(source);
}
