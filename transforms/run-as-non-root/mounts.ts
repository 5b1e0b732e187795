import { readComposeMounts } from '../../src/facts/context/builds/compose.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { FinalImage } from './final-image.js';

/** A compose file mounts something into the container: what root wrote there before could no longer be changed. */
export function mountedByCompose({ context }: FinalImage): Refusal | undefined {
  if (context?.dockerfile === undefined) return undefined;
  for (const name of context.list('') ?? []) {
    const text = /^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(name) ? context.read(name) : undefined;
    const [mount] = text === undefined ? [] : readComposeMounts(text, context.dockerfile);
    if (mount !== undefined)
      return refuse('volume', `\`${name}\` mounts \`${mount}\`: what root wrote there could no longer be changed`);
  }
  return undefined;
}
