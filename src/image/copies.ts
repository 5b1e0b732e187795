/** What COPY and ADD bring into an image: the one reader of them. How they are written, `dockerfile/copy` tells. */
import { copyWords, isRemote } from '../dockerfile/copy.js';
import { expandKnown } from '../dockerfile/expand.js';
import { stageNamed } from '../dockerfile/stages.js';
import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import { memoize } from '../memoize.js';
import { readTarget } from './target.js';
import type { Config, Copy, CopySource, StageState } from './types.js';

/** Flags that say the same of every file. */
const PLAIN_FLAGS = new Set(['from', 'chown', 'chmod', 'link']);

/** The COPYs and ADDs of a stage, in order. */
export const copiesOf = memoize(({ steps }: StageState): readonly Copy[] => steps.flatMap(({ copy }) => copy ?? []));

/** What one instruction of a stage brings; undefined for any but COPY and ADD. */
export function copyOf(state: StageState, instruction: Instruction): Copy | undefined {
  return copiesByInstruction(state).get(instruction);
}

const copiesByInstruction = memoize(
  (state: StageState): ReadonlyMap<Instruction, Copy> =>
    new Map(copiesOf(state).map((copy) => [copy.instruction, copy])),
);

/** @param config in force before the instruction */
export function readCopy(dockerfile: Dockerfile, instruction: Instruction, config: Config): Copy | undefined {
  const words = copyWords(instruction);
  if (words === undefined) return undefined;
  const { heredocs, flags } = instruction;
  const { destination, from } = words;
  const valueOf = (flag: string): string | undefined => flags.find(({ name }) => name === flag)?.value;
  const stage = from === undefined ? undefined : stageNamed(dockerfile, from);
  const origin = from === undefined ? undefined : stage === undefined ? 'image' : 'stage';
  const sources = [
    ...words.sources.map((written) => readSource(dockerfile, instruction, config, written, origin)),
    ...heredocs.map(({ delimiter }): CopySource => ({ written: delimiter, text: delimiter, from: 'heredoc' })),
  ];
  return {
    instruction,
    sources,
    destination,
    target: readTarget(destination, sources.length, config, dockerfile.escape),
    stage,
    owner: valueOf('chown'),
    mode: valueOf('chmod'),
    plain: flags.every(({ name }) => PLAIN_FLAGS.has(name)),
  };
}

function readSource(
  dockerfile: Dockerfile,
  instruction: Instruction,
  config: Config,
  written: string,
  origin: 'stage' | 'image' | undefined,
): CopySource {
  const text = expandKnown(written, config.variables.get, dockerfile.escape);
  return { written, text, from: origin ?? originOf(instruction, text) };
}

function originOf(instruction: Instruction, text: string | undefined): CopySource['from'] {
  if (text === undefined) return instruction.keyword === 'ADD' ? 'unknown' : 'context';
  return isRemote(instruction, text) ? 'network' : 'context';
}
