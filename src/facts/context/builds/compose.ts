import { parse } from 'yaml';
import { objectOf, readObject, type Json } from '../../../json.js';

/** What a service of a compose file builds; paths as written, the Dockerfile's relative to the context. */
export interface ComposeBuild {
  readonly context: string;
  readonly dockerfile: string;
}

/** The builds of a compose file, by what is written in it alone; a file that can't be read has none. */
export function readComposeBuilds(text: string): readonly ComposeBuild[] {
  return [...readComposeServices(text).values()].flatMap((service) => {
    const build = service['build'];
    const found = readComposeBuild(build);
    return found === undefined || objectOf(build)?.['dockerfile_inline'] !== undefined ? [] : [found];
  });
}

/** `build: ./web` or its long form; paths as written. Undefined where one is a variable or the context is a remote one. */
export function readComposeBuild(build: unknown): ComposeBuild | undefined {
  const given: Json | undefined = typeof build === 'string' ? { context: build } : objectOf(build);
  if (given === undefined) return undefined;
  const { context = '.', dockerfile = 'Dockerfile' } = given;
  return isLocalPath(context) && isLocalPath(dockerfile) ? { context, dockerfile } : undefined;
}

/** Neither a variable nor a remote context. */
function isLocalPath(value: unknown): value is string {
  return typeof value === 'string' && !/\$|:\/\/|^git@/.test(value);
}

/** The services of a compose file by name, as written; none where it can't be read. */
export function readComposeServices(text: string): ReadonlyMap<string, Json> {
  const document = readObject(() => parse(text, { merge: true, logLevel: 'silent' }) as unknown);
  return new Map(
    Object.entries(objectOf(document?.['services']) ?? {}).flatMap(([name, service]) => {
      const found = objectOf(service);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}
