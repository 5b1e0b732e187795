import { expandWord, variablesOf } from '../../src/dockerfile/expand.js';
import { possibleParents, stagesOn } from '../../src/dockerfile/stages.js';
import type { Dockerfile, Instruction, Range, Stage, Word } from '../../src/dockerfile/types.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { ImageReference } from './image-references.js';

/** Images that FROM takes from an ARG: `FROM ${BASE}`, `FROM node:$TAG`. */
export interface ArgumentReferences {
  readonly editable: readonly ImageReference[];
  readonly fixed: readonly FixedReference[];
}

/** `image` is as far as it is known, with a placeholder for each variable that is not. */
export interface FixedReference {
  readonly image: string;
  readonly range: Range;
  readonly refusal: Refusal;
}

interface Default {
  readonly value: string;
  readonly range: Range;
}

const PLACEHOLDER = 'unknown0';

/**
 * FROMs with variables. The default of an ARG may be edited only when every use of it is this one image: a fragment that two
 * images share must not receive the version of one.
 */
export function argumentReferences(dockerfile: Dockerfile): ArgumentReferences {
  // `build-$TARGETOS` picks one of the file's own stages.
  const stages = dockerfile.stages.filter(
    (stage) => stage.from.image.includes('$') && possibleParents(dockerfile, stage).length === 0,
  );
  const images = stages.map(({ from }) => from.image);
  const all = stages
    .filter(({ from }, index) => images.indexOf(from.image) === index)
    .map((stage) => readReference(dockerfile, stage, images.filter((one) => one === stage.from.image).length));
  return { editable: all.filter((one) => 'text' in one), fixed: all.filter((one) => 'refusal' in one) };
}

function readReference(dockerfile: Dockerfile, { from }: Stage, times: number): ImageReference | FixedReference {
  const { image, imageRange } = from;
  const { argumentDefaults, escape } = dockerfile;
  const known = expandWord(image, (name) => argumentDefaults.get(name) ?? PLACEHOLDER, escape);
  const leave = (code: string, reason: string): FixedReference => ({
    image: known,
    range: imageRange,
    refusal: refuse(code, reason),
  });
  const [variable, second] = variablesOf(image, escape);
  if (variable === undefined || second !== undefined)
    return leave('several-arguments', `the image ${image} is put together from several ARGs`);
  const { name } = variable;
  if (variable.operator !== '') return leave('argument-fallback', `the image ${image} has a fallback of its own`);
  const found = defaultOf(dockerfile, name);
  if (found === undefined) {
    const [word, another] = declarationsOf(dockerfile, name);
    if (another !== undefined)
      return leave('declared-again', `the image ${image} comes from ARG ${name}, which is declared several times`);
    const lack = word?.text.includes('=') === true ? 'whose default is no plain text' : 'which has no default';
    return leave('no-default', `the image ${image} comes from ARG ${name}, ${lack}`);
  }
  if (usesOf(dockerfile, name) > times)
    return leave('shared-argument', `the image ${image} comes from ARG ${name}, which is used in other places too`);
  const before = image.slice(0, variable.start);
  const after = image.slice(variable.end);
  const users = dockerfile.stages.filter((stage) => stage.from.image === image);
  const stages = users.flatMap((stage) => [stage, ...stagesOn(dockerfile, stage)]);
  return { text: known, range: found.range, before, after, stages };
}

function declarationsOf({ globals }: Dockerfile, name: string): readonly Word[] {
  const words = globals.filter(({ keyword }) => keyword === 'ARG').flatMap((instruction) => instruction.words);
  return words.filter(({ text }) => text === name || text.startsWith(`${name}=`));
}

/** The default of a global ARG, where it is a plain text and the only one. */
function defaultOf(dockerfile: Dockerfile, name: string): Default | undefined {
  const [word, another] = declarationsOf(dockerfile, name);
  if (word === undefined || another !== undefined) return undefined;
  const [, quote = '', value = ''] = /^\w+=(["']?)([^"'$\\`\s]+)\1$/.exec(word.text) ?? [];
  const start = word.start + name.length + 1 + quote.length;
  return value === '' ? undefined : { value, range: { start, end: start + value.length } };
}

/** Places that read the ARG: FROMs, other defaults, and stages that declare it again. */
function usesOf(dockerfile: Dockerfile, name: string): number {
  const reads = new RegExp(`\\$(?:\\{${name}\\b|${name}\\b)`, 'g');
  const declares = (instruction: Instruction): boolean =>
    instruction.keyword === 'ARG' && instruction.stageIndex >= 0 && instruction.words.some(({ text }) => text === name);
  const texts = dockerfile.instructions.map(({ start, end }) => dockerfile.text.slice(start, end));
  return texts.flatMap((text) => [...text.matchAll(reads)]).length + dockerfile.instructions.filter(declares).length;
}
