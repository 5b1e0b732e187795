import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';

/** What a service of a compose file builds; paths are absolute. */
export interface ComposeBuild {
  readonly context: string;
  readonly dockerfile: string;
}

/** The builds of a compose file, by what is written in it alone; a file that can't be read has none. */
export function readComposeBuilds(file: string, text: string): readonly ComposeBuild[] {
  return readServices(text).flatMap((service) => {
    const build = isRecord(service) ? service['build'] : undefined;
    const found = typeof build === 'string' ? { context: build } : isRecord(build) ? build : undefined;
    if (found === undefined || 'dockerfile_inline' in found) return [];
    const { context = '.', dockerfile = 'Dockerfile' } = found;
    if (!isLocalPath(context) || !isLocalPath(dockerfile)) return [];
    const folder = resolve(dirname(file), context);
    return [{ context: folder, dockerfile: resolve(folder, dockerfile) }];
  });
}

/** Where the services that build this Dockerfile have something mounted: `./data:/data`, `db:/var/lib/db`; read-only ones left out. */
export function readComposeMounts(text: string, dockerfile: string): readonly string[] {
  return readServices(text).flatMap((service) => {
    if (!isRecord(service) || !buildsFrom(service['build'], dockerfile)) return [];
    const volumes = Array.isArray(service['volumes']) ? (service['volumes'] as readonly unknown[]) : [];
    return volumes.flatMap(mountOf);
  });
}

function buildsFrom(build: unknown, path: string): boolean {
  const { context, dockerfile = 'Dockerfile' } = isRecord(build) ? build : { context: build };
  if (!isLocalPath(context) || !isLocalPath(dockerfile)) return false;
  return join(context, dockerfile) === join(path);
}

function mountOf(volume: unknown): readonly string[] {
  if (typeof volume === 'string') {
    const [source = '', target, options = ''] = volume.split(':');
    return /\bro\b/.test(options) ? [] : [target ?? source];
  }
  if (!isRecord(volume) || volume['read_only'] === true || volume['type'] === 'tmpfs') return [];
  return typeof volume['target'] === 'string' ? [volume['target']] : [];
}

/** Neither a variable nor a remote context. */
function isLocalPath(value: unknown): value is string {
  return typeof value === 'string' && !/\$|:\/\/|^git@/.test(value);
}

function readServices(text: string): readonly unknown[] {
  try {
    const document: unknown = parse(text, { merge: true, logLevel: 'silent' });
    const services = isRecord(document) ? document['services'] : undefined;
    return isRecord(services) ? Object.values(services) : [];
  } catch {
    return [];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
