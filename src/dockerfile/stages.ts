import { memoize } from '../memoize.js';
import { DockerfileError, type Dockerfile, type From, type Instruction, type Stage, type Word } from './types.js';

/** Groups instructions into stages; those before the first FROM are `globals`. */
export function groupStages(instructions: readonly Instruction[]): { globals: Instruction[]; stages: Stage[] } {
  const globals: Instruction[] = [];
  const groups: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') groups.push([instruction]);
    else (groups.at(-1) ?? globals).push(instruction);
  }
  const defaults = readDefaults(globals);
  const byName = new Map<string, Stage>();
  const stages: Stage[] = [];
  for (const [index, group] of groups.entries()) {
    const from = readFrom(group[0] as Instruction);
    const stage: Stage = {
      index,
      from,
      instructions: group,
      parent: byName.get(fillIn(from.image, defaults).toLowerCase()),
      isFinal: index === groups.length - 1,
      start: group[0]?.start ?? 0,
      end: group.at(-1)?.end ?? 0,
    };
    stages.push(stage);
    if (from.name !== undefined) byName.set(from.name, stage);
  }
  return { globals, stages };
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
  const shipped: Stage[] = [];
  for (let stage = stages.at(-1); stage !== undefined; stage = stage.parent) shipped.unshift(stage);
  return shipped;
}

function readFrom(instruction: Instruction): From {
  const [image, as, name, ...rest] = instruction.words;
  const named = as !== undefined;
  if (image === undefined || rest.length > 0 || (named && (as.text.toLowerCase() !== 'as' || name === undefined)))
    throw new DockerfileError('FROM takes an image, or an image, AS and a name', instruction.startLine);
  return {
    image: unquote(image),
    imageRange: { start: image.start, end: image.end },
    name: name?.text.toLowerCase(),
    nameRange: name && { start: name.start, end: name.end },
    platform: instruction.flags.find((flag) => flag.name === 'platform'),
  };
}

function unquote(word: Word): string {
  return word.text.replace(/^(["'])(.*)\1$/s, '$2');
}

/** Defaults of the ARGs before the first FROM: `FROM build-${MODE}` may name a stage. */
function readDefaults(globals: readonly Instruction[]): ReadonlyMap<string, string> {
  const pairs = globals.flatMap(({ words }) => words.map(({ text }) => /^(\w+)=(["']?)(.*)\2$/s.exec(text)));
  return new Map(pairs.flatMap((match) => (match?.[1] === undefined ? [] : [[match[1], match[3] ?? '']])));
}

function fillIn(image: string, defaults: ReadonlyMap<string, string>): string {
  return image.replace(/\$(?:\{(\w+)\}|(\w+))/g, (all: string, braced?: string, bare?: string) => {
    return defaults.get(braced ?? bare ?? '') ?? all;
  });
}
