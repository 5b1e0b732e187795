/** What compose files start in the image of a stage, in place of its own command. */
import type { Dockerfile, Stage } from '../dockerfile/types.js';
import { composeWords, type ComposeService } from '../facts/context/builds/compose-services.js';
import type { Facts } from '../facts/types.js';
import type { Config } from './types.js';

/** Services of compose files that start a stage. */
export function servicesOf(
  { context, composeServices }: Pick<Facts, 'context' | 'composeServices'>,
  { stages }: Dockerfile,
  stage: Stage,
): readonly ComposeService[] {
  const services = context?.composeServices() ?? composeServices?.() ?? [];
  return services.filter(({ target }) => (target === undefined ? stage === stages.at(-1) : target === stage.from.name));
}

/**
 * The words that a service starts. Undefined where it says nothing of that, or where a shell of the image reads none of its words.
 * @param inherited the base image's entry point, for a stage that names none
 */
export function startOf(
  { entrypoint: own }: Config,
  { entrypoint, command }: ComposeService,
  inherited: readonly string[] = [],
): readonly string[] | undefined {
  if (entrypoint === undefined && (command === undefined || own?.form === 'shell')) return undefined;
  const words = entrypoint === undefined ? (own?.argv ?? inherited) : composeWords(entrypoint);
  return [...words, ...composeWords(command ?? [])];
}
