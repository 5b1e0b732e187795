import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/**
 * The contexts that services of a compose file name for a Dockerfile, absolute, each once.
 * @param file absolute path of the compose file; `text` is its content
 */
export function composeContexts(file: string, text: string, dockerfile: string): readonly string[] {
  const services = readServices(text);
  const contexts = services.flatMap((service) => {
    const build: unknown = isRecord(service) ? service['build'] : undefined;
    const { context = '.', dockerfile: name = 'Dockerfile' } = isRecord(build) ? build : { context: build };
    if (build === undefined || typeof context !== 'string' || typeof name !== 'string' || /[$:]/.test(context)) return [];
    const folder = resolve(dirname(file), context);
    return resolve(folder, name) === dockerfile ? [folder] : [];
  });
  return [...new Set(contexts)];
}

function readServices(text: string): readonly unknown[] {
  try {
    const document: unknown = parse(text);
    const services = isRecord(document) ? document['services'] : undefined;
    return isRecord(services) ? Object.values(services) : [];
  } catch {
    return [];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
