import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { readText } from '../../files/config/read-text.js';
import { parseShape, shape, texts } from '../../files/config/shapes.js';
import { UsageError } from '../../files/config/usage-error.js';
import { parseYaml } from '../../files/config/yaml.js';
import { isRefusal } from '../../refusal.js';
import { forgesOf } from '../campaign/forge-sources.js';
import { forgesKey } from '../campaign/schema.js';
import { hostOfUrl, repositoryOfUrl } from '../forges/addresses.js';
import { refusesHttp } from '../forges/plain-http.js';
import type { ForgeAddress, Repository } from '../forges/types.js';

/** Where a worker goes. A job that leads elsewhere fails: the worker's tokens and its disk are not for whoever fills the queue. */
export interface WorkerPlaces {
  readonly forges: readonly ForgeAddress[];
  /** Hosts of plain git, with a port where there is one, and whether plain http to them is allowed. */
  readonly hosts: ReadonlyMap<string, boolean>;
  /** Absolute folders, without links. */
  readonly directories: readonly string[];
}

/** Schema of a worker's configuration. */
export function workerSchema() {
  return shape({
    $schema: v.optional(v.string()),
    forges: forgesKey(
      'Hosts that this worker goes to, besides github.com, gitlab.com and codeberg.org; kind none: plain git.',
    ),
    directories: texts('Folders whose repositories a job may name. Default: none.'),
  });
}

/** @param file undefined: the public forges, and no folder @throws UsageError naming the file, the key and what is legal */
export function readWorkerPlaces(file: string | undefined): WorkerPlaces {
  const input = file === undefined ? {} : parseShape(workerSchema(), parseYaml(file, readText(file)) ?? {});
  const shown = file ?? 'the configuration of the worker';
  if (isRefusal(input)) throw new UsageError(`${shown}: ${input.reason}`);
  const { forges = [], directories = [] } = input;
  return {
    forges: forgesOf({ forges, sources: [] }, shown),
    hosts: new Map(
      forges.flatMap(({ host, kind, allowHttp = false }) => (kind === 'none' ? [[host.toLowerCase(), allowHttp]] : [])),
    ),
    directories: directories.map((folder) => realFolder(resolve(dirname(file ?? '.'), folder), shown)),
  };
}

function realFolder(path: string, file: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new UsageError(`${file}: directories: there is no folder ${path}`);
  }
}

/** The repository of a job as this worker reaches it: the forge, and so the token, are those of its own configuration. @throws Error with what to do */
export function admit(repository: Repository, places: WorkerPlaces): Repository {
  const named = repositoryOfUrl(repository.url, places.forges);
  if (named.url.startsWith('file:')) return { ...repository, url: admitFolder(named.url, places), forge: undefined };
  const host = hostOfUrl(named.url);
  if (named.forge === undefined && !places.hosts.has(host)) throw unknownPlace(`the host ${host}`, 'forges');
  const refused = refusesHttp(named.url, named.forge?.allowHttp ?? places.hosts.get(host));
  if (refused !== undefined) throw new Error(refused);
  const { forge } = repository;
  if (forge === undefined) return { ...repository, url: named.url };
  const own = places.forges.find(({ kind, host: known }) => kind === forge.kind && known === forge.host);
  if (own === undefined) throw unknownPlace(`the ${forge.kind} at ${forge.host}`, 'forges');
  return { ...repository, url: named.url, forge: own };
}

function admitFolder(url: string, { directories }: WorkerPlaces): string {
  const path = realpathSync(fileURLToPath(url));
  const inside = directories.some((folder) => {
    const inner = relative(folder, path);
    return !isAbsolute(inner) && inner.split(sep)[0] !== '..';
  });
  if (!inside) throw unknownPlace(`the folder ${path}`, 'directories');
  return pathToFileURL(path).href;
}

function unknownPlace(place: string, key: string): Error {
  return new Error(`this worker does not go to ${place}: name it under \`${key}\` in the file of its --config`);
}
