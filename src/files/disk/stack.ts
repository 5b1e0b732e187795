import { fileURLToPath } from 'node:url';

/** Of a bundle, its folder, as modules of both kinds are named: there a file holds many modules, and a frame names none of them. */
const OWN = [new URL('.', import.meta.url).href, fileURLToPath(new URL('.', import.meta.url))];

/**
 * The frames of a stack that lie in code of others, a line each, from the innermost out; undefined when there are none. Those of dockmod and
 * Node.js say nothing to the author of a plug-in.
 */
export function foreignFrames(stack: string | undefined): string | undefined {
  const frames = (stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  const foreign = frames.filter(
    (line) => !OWN.some((own) => line.includes(own)) && !/\bnode:|<anonymous>\)?$/.test(line),
  );
  return foreign.length === 0 ? undefined : foreign.join('\n');
}
