/** Of a bundle, its folder: there a file holds many modules, and a frame names none of them. */
const OWN = new URL('.', import.meta.url).href;

/**
 * The frames of a stack that lie in code of others, a line each, from the innermost out; undefined when there are none. Those of dockmod and
 * Node.js say nothing to the author of a plug-in.
 */
export function foreignFrames(stack: string | undefined): string | undefined {
  const frames = (stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  const foreign = frames.filter((line) => !line.includes(OWN) && !/\bnode:|<anonymous>\)?$/.test(line));
  return foreign.length === 0 ? undefined : foreign.join('\n');
}
