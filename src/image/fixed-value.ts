import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import { expandWord } from '../dockerfile/expand.js';

const MAX_DEPTH = 8;
const MAX_LENGTH = 4096;

/**
 * The value of a variable before `instruction` that no build argument can change: set by ENV in this file, from nothing but text
 * and other such values. ENV wins over ARG.
 */
export function fixedValue(
  dockerfile: Dockerfile,
  instruction: Instruction,
  name: string,
  depth = 0,
): string | undefined {
  let stage = dockerfile.stages[instruction.stageIndex];
  for (let end = instruction.index; stage !== undefined; stage = stage.parent, end = Infinity) {
    const setter = stage.instructions.findLast((one) => one.index < end && envValue(one, name) !== undefined);
    if (setter === undefined) continue;
    return depth < MAX_DEPTH ? expandFixed(dockerfile, setter, envValue(setter, name) ?? '', depth) : undefined;
  }
  return undefined;
}

function envValue({ keyword, words, body }: Instruction, name: string): string | undefined {
  if (keyword !== 'ENV') return undefined;
  const [first] = words;
  if (first !== undefined && !first.text.includes('='))
    return first.text === name ? body.text.slice(name.length).trim() : undefined;
  return words.findLast(({ text }) => text.startsWith(`${name}=`))?.text.slice(name.length + 1);
}

function expandFixed(
  dockerfile: Dockerfile,
  instruction: Instruction,
  written: string,
  depth: number,
): string | undefined {
  const unknown = new Set<string>();
  const lookup = (name: string): string | undefined => {
    const value = unknown.size === 0 ? fixedValue(dockerfile, instruction, name, depth + 1) : undefined;
    if (value === undefined) unknown.add(name);
    return value;
  };
  const value = expandWord(written, lookup, dockerfile.escape);
  return unknown.size === 0 && value.length <= MAX_LENGTH ? value : undefined;
}
