import { join } from 'node:path';
import { parse } from 'yaml';
import { objectOf, readObject, type Json } from '../../../json.js';

/** What a service of a compose file builds; paths as written, the Dockerfile's relative to the context. */
export interface ComposeBuild {
  readonly context: string;
  readonly dockerfile: string;
}

/** The builds of a compose file, by what is written in it alone; a file that can't be read has none. */
export function readComposeBuilds(text: string): readonly ComposeBuild[] {
  return readServices(text).flatMap((service) => {
    const build = objectOf(service)?.['build'];
    const found = readBuild(build);
    return found === undefined || objectOf(build)?.['dockerfile_inline'] !== undefined ? [] : [found];
  });
}

/** Where the services that build this Dockerfile have something mounted: `./data:/data`, `db:/var/lib/db`; read-only ones left out. */
export function readComposeMounts(text: string, dockerfile: string): readonly string[] {
  return readServices(text).flatMap((entry) => {
    const service = objectOf(entry);
    const build = readBuild(service?.['build']);
    if (service === undefined || build === undefined || join(build.context, build.dockerfile) !== join(dockerfile))
      return [];
    const volumes = Array.isArray(service['volumes']) ? (service['volumes'] as readonly unknown[]) : [];
    return volumes.flatMap(mountOf);
  });
}

/** `build: ./web` or its long form; paths as written. Undefined where one is a variable or the context is a remote one. */
function readBuild(build: unknown): ComposeBuild | undefined {
  const given: Json | undefined = typeof build === 'string' ? { context: build } : objectOf(build);
  if (given === undefined) return undefined;
  const { context = '.', dockerfile = 'Dockerfile' } = given;
  return isLocalPath(context) && isLocalPath(dockerfile) ? { context, dockerfile } : undefined;
}

function mountOf(volume: unknown): readonly string[] {
  if (typeof volume === 'string') {
    const [source = '', target, options = ''] = volume.split(':');
    return /\bro\b/.test(options) ? [] : [target ?? source];
  }
  const { read_only: readOnly, type, target } = objectOf(volume) ?? {};
  return readOnly === true || type === 'tmpfs' || typeof target !== 'string' ? [] : [target];
}

/** Neither a variable nor a remote context. */
function isLocalPath(value: unknown): value is string {
  return typeof value === 'string' && !/\$|:\/\/|^git@/.test(value);
}

function readServices(text: string): readonly unknown[] {
  const document = readObject(() => parse(text, { merge: true, logLevel: 'silent' }) as unknown);
  return Object.values(objectOf(document?.['services']) ?? {});
}
