import type { Dockerfile, Instruction, Range, Stage } from '../../src/dockerfile/types.js';

/** An image that FROM takes from one ARG: `FROM ${BASE}`, `FROM node:$TAG`. */
export type ArgumentReference =
  | { readonly image: string; readonly range: Range; readonly before: string; readonly after: string }
  | { readonly image: string; readonly range: Range; readonly code: string; readonly reason: string };

/**
 * FROMs with variables. The default of an ARG may be edited only when it is used in this one FROM and nowhere else: a fragment
 * that two images share must not receive the version of one.
 */
export function argumentReferences(dockerfile: Dockerfile): readonly ArgumentReference[] {
  return dockerfile.stages
    .filter(({ parent, from }) => parent === undefined && from.image.includes('$'))
    .map((stage) => readReference(dockerfile, stage));
}

function readReference(dockerfile: Dockerfile, { from }: Stage): ArgumentReference {
  const { image, imageRange: range } = from;
  const variables = [...image.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)];
  const [variable] = variables;
  const name = variable?.[1] ?? variable?.[2];
  const filled = image.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (all: string, braced?: string, bare?: string) => defaultOf(dockerfile, braced ?? bare ?? '')?.value ?? all,
  );
  const leave = (code: string, reason: string): ArgumentReference => ({
    image: filled.includes('$') ? image.replace(/:.*/s, '').replace(/\$.*/s, 'unknown') : filled,
    range,
    code,
    reason,
  });
  if (
    variables.length !== 1 ||
    variable === undefined ||
    name === undefined ||
    image.replace(variable[0], '').includes('$')
  )
    return leave('several-arguments', `the image ${image} is put together from several ARGs`);
  const found = defaultOf(dockerfile, name);
  if (found === undefined)
    return leave('no-default', `the image ${image} comes from ARG ${name}, which has no default`);
  if (usesOf(dockerfile, name) > 1) return leave('shared-argument', `ARG ${name} is used in several places`);
  const before = image.slice(0, variable.index);
  return { image: filled, range: found.range, before, after: image.slice(variable.index + variable[0].length) };
}

function defaultOf(dockerfile: Dockerfile, name: string): { value: string; range: Range } | undefined {
  for (const word of dockerfile.globals.flatMap(({ words }) => words)) {
    const match = /^(\w+)=(["']?)(.*)\2$/s.exec(word.text);
    if (match?.[1] !== name || match[3] === undefined || match[3] === '' || match[3].includes('$')) continue;
    const start = word.start + name.length + 1 + (match[2]?.length ?? 0);
    return { value: match[3], range: { start, end: start + match[3].length } };
  }
  return undefined;
}

/** Places that read the ARG: FROMs, other defaults, and stages that declare it again. */
function usesOf(dockerfile: Dockerfile, name: string): number {
  const reads = new RegExp(`\\$(?:\\{${name}\\b|${name}\\b)`, 'g');
  const declares = ({ keyword, words, stageIndex }: Instruction): boolean =>
    keyword === 'ARG' && stageIndex >= 0 && words.some(({ text }) => text === name);
  const texts = dockerfile.instructions.map(({ start, end }) => dockerfile.text.slice(start, end));
  return texts.flatMap((text) => [...text.matchAll(reads)]).length + dockerfile.instructions.filter(declares).length;
}
