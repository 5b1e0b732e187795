import { memoize } from '../memoize.js';
import { argumentDefaults } from './arguments.js';
import { expandKnown, variablesOf } from './expand.js';
import {
  DockerfileError,
  type Dockerfile,
  type From,
  type Instruction,
  type Range,
  type Stage,
  type Word,
} from './types.js';

/** Groups instructions into stages; those before the first FROM are `globals`. */
export function groupStages(
  instructions: readonly Instruction[],
  escape: string,
): Pick<Dockerfile, 'globals' | 'argumentDefaults' | 'stages'> {
  const globals: Instruction[] = [];
  const groups: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') groups.push([instruction]);
    else (groups.at(-1) ?? globals).push(instruction);
  }
  const defaults = argumentDefaults(globals, escape);
  const byName = new Map<string, Stage>();
  const stages: Stage[] = [];
  for (const [index, group] of groups.entries()) {
    const from = readFrom(group[0] as Instruction, defaults, escape);
    const stage: Stage = {
      index,
      from,
      instructions: group,
      parent: byName.get(from.reference?.toLowerCase() ?? ''),
      isFinal: index === groups.length - 1,
      start: group[0]?.start ?? 0,
      end: group.at(-1)?.end ?? 0,
    };
    stages.push(stage);
    if (from.name !== undefined) byName.set(from.name, stage);
  }
  return { globals, argumentDefaults: defaults, stages };
}

const stagesByName = memoize(
  ({ stages }: Dockerfile): ReadonlyMap<string, Stage> =>
    new Map(stages.flatMap((stage) => (stage.from.name === undefined ? [] : [[stage.from.name, stage]]))),
);

/** `--from` names a stage, by its name or number, and no image. Stages that come later count, since builders differ in that. */
export function namesStage(dockerfile: Dockerfile, reference: string): boolean {
  return /^\d+$/.test(reference) || stagesByName(dockerfile).has(reference.toLowerCase());
}

/** The stage of that name or number. */
export function stageNamed(dockerfile: Dockerfile, reference: string): Stage | undefined {
  return (
    stagesByName(dockerfile).get(reference.toLowerCase()) ??
    dockerfile.stages.find(({ index }) => `${index}` === reference)
  );
}

/** The stages whose layers ship: those that the final one is built FROM, and itself, in the order of the file. */
export function shippedStages({ stages }: Pick<Dockerfile, 'stages'>): readonly Stage[] {
  return stagesUpTo(stages.at(-1));
}

/** The stages that a stage is built FROM, and itself, in the order of the file. */
export function stagesUpTo(last: Stage | undefined): readonly Stage[] {
  const found: Stage[] = [];
  for (let stage = last; stage !== undefined; stage = stage.parent) found.push(stage);
  return found.reverse();
}

/** Stages that FROM names in some build: `base-$TARGETARCH` one for each platform. The stage's parent is among them. */
export function possibleParents({ stages, escape }: Dockerfile, stage: Stage): readonly Stage[] {
  const { image } = stage.from;
  const variables = variablesOf(image, escape);
  const texts = [...variables, undefined].map((variable, index) =>
    image.slice(variables[index - 1]?.end ?? 0, variable?.start).toLowerCase(),
  );
  // A FROM of nothing but a variable is taken for an image, unless the defaults say otherwise.
  if (variables.length === 0 || texts.join('') === '') return stage.parent === undefined ? [] : [stage.parent];
  const byName = new Map(stages.slice(0, stage.index).map((earlier) => [earlier.from.name, earlier]));
  return [...byName].flatMap(([name, earlier]) =>
    earlier === stage.parent || (name !== undefined && fits(name, texts)) ? [earlier] : [],
  );
}

/** `name` is these texts in this order, with anything between them. */
function fits(name: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const text of rest) {
    const found = name.indexOf(text, at);
    if (found === -1) return false;
    at = found + text.length;
  }
  return name.startsWith(first) && name.endsWith(last) && at <= name.length - last.length;
}

/** The stages that are built FROM this one in some build, straight or by way of others, in the order of the file. */
export function stagesOn(dockerfile: Dockerfile, stage: Stage): readonly Stage[] {
  const children = childrenOf(dockerfile);
  const found = new Set([stage]);
  for (const one of found) for (const child of children.get(one) ?? []) found.add(child);
  found.delete(stage);
  return [...found].sort((one, other) => one.index - other.index);
}

/** Of the stages that are built FROM `start`, those that are neither on the way to `end` nor built FROM it. */
export function stagesBeside(dockerfile: Dockerfile, start: Stage, end: Stage): readonly Stage[] {
  const own = new Set([...stagesUpTo(end), ...stagesOn(dockerfile, end)]);
  return stagesOn(dockerfile, start).filter((stage) => !own.has(stage));
}

/** What comes after an instruction: the rest of its stage, then the stages that are built FROM it in some build. */
export function instructionsAfter(dockerfile: Dockerfile, instruction: Instruction): readonly Instruction[] {
  const stage = dockerfile.stages[instruction.stageIndex];
  if (stage === undefined) return [];
  const rest = stage.instructions.slice(stage.instructions.indexOf(instruction) + 1);
  return [...rest, ...stagesOn(dockerfile, stage).flatMap(({ instructions }) => instructions)];
}

/** The stages that are built straight FROM each in some build. */
const childrenOf = memoize((dockerfile: Dockerfile): ReadonlyMap<Stage, readonly Stage[]> => {
  const children = new Map<Stage, Stage[]>(dockerfile.stages.map((stage) => [stage, []]));
  for (const stage of dockerfile.stages)
    for (const parent of possibleParents(dockerfile, stage)) children.get(parent)?.push(stage);
  return children;
});

function readFrom(instruction: Instruction, defaults: ReadonlyMap<string, string>, escape: string): From {
  const [image, as, name, ...rest] = instruction.words;
  const named = as !== undefined;
  if (image === undefined || rest.length > 0 || (named && (as.text.toLowerCase() !== 'as' || name === undefined)))
    throw new DockerfileError('FROM takes an image, or an image, AS and a name', instruction.startLine);
  return {
    image: unquote(image),
    imageRange: rangeOf(image),
    reference: expandKnown(image.text, (variable) => defaults.get(variable), escape) || undefined,
    asRange: as && rangeOf(as),
    name: name?.text.toLowerCase(),
    nameRange: name && rangeOf(name),
    platform: instruction.flags.find((flag) => flag.name === 'platform'),
  };
}

function rangeOf({ start, end }: Word): Range {
  return { start, end };
}

function unquote(word: Word): string {
  return word.text.replace(/^(["'])(.*)\1$/s, '$2');
}
