/** How compose files run the image of one Dockerfile. */
import { join } from 'node:path/posix';
import { listOf, objectOf, type Json } from '../../../json.js';
import { memoize } from '../../../memoize.js';
import { readComposeBuild, readComposeServices } from './compose.js';

/** A service that runs the image of a Dockerfile. */
export interface ComposeService {
  /** For messages: `deploy/compose.yml`. */
  readonly file: string;
  /** Of the service and of its container. */
  readonly names: readonly string[];
  /** The stage that it builds, where it names one. */
  readonly target: string | undefined;
  /** Paths of the image where something is mounted that the container may change. */
  readonly mounts: readonly string[];
  /** What it runs instead of ENTRYPOINT and of CMD; a text is split into words, no shell reads it. */
  readonly entrypoint: string | readonly string[] | undefined;
  readonly command: string | readonly string[] | undefined;
  /** The key that gives it rights on its host: `privileged`. */
  readonly rights: string | undefined;
}

interface Files {
  exists(path: string): 'file' | 'directory' | undefined;
  list(directory: string): readonly string[] | undefined;
  read(path: string): string | undefined;
}

const COMPOSE = /^(?:docker-)?compose[\w.-]*\.ya?ml$/;

/** By the compose files of a folder and of those in it. @param dockerfile relative to the folder, or above it */
export function servicesOf(files: Files, dockerfile: string): readonly ComposeService[] {
  return composeFolders(files).flatMap((folder) => servicesIn(folder, dockerfile));
}

/** A folder with compose files that build something. */
interface ComposeFolder {
  readonly folder: string;
  readonly services: readonly { readonly path: string; readonly name: string; readonly service: Json }[];
}

/** Read once for all Dockerfiles around. */
const composeFolders = memoize((files: Files): readonly ComposeFolder[] => {
  const names = files.list('') ?? [];
  const folders = names.filter(
    (name) => name !== 'node_modules' && name !== '.git' && files.exists(name) === 'directory',
  );
  return ['', ...folders].flatMap((folder) => readFolder(files, folder) ?? []);
});

function readFolder(files: Files, folder: string): ComposeFolder | undefined {
  const paths = (files.list(folder) ?? []).filter((name) => COMPOSE.test(name)).map((name) => join(folder, name));
  const texts = paths.map((path) => [path, files.read(path) ?? ''] as const);
  if (!texts.some(([, text]) => /\bbuild\b/.test(text))) return undefined;
  const variables = readVariables(files.read(join(folder, '.env')) ?? '');
  const services = texts.flatMap(([path, text]) =>
    [...readComposeServices(filledIn(text, variables))].map(([name, service]) => ({ path, name, service })),
  );
  return { folder, services };
}

/** A file that only overrides names the service and no build: one beside it does. */
function servicesIn({ folder, services }: ComposeFolder, dockerfile: string): readonly ComposeService[] {
  const builds = services.filter(({ service }) => buildsIt(service, folder, dockerfile)).map(({ name }) => name);
  return services
    .filter(({ name, service }) => builds.includes(name) && !buildsAnother(service, folder, dockerfile))
    .map(({ path, name, service }) => readService(path, name, service));
}

/** `$` for each: a default, which may be a variable again, holds colons of its own. */
function withoutVariables(text: string): string {
  const variable = /\$\{[^{}]*\}/g;
  return text.replace(variable, '$').replace(variable, '$');
}

/** `NAME=value` lines of the .env file that compose reads. */
function readVariables(text: string): ReadonlyMap<string, string> {
  const lines = text.matchAll(/^(?:export )?(\w+)=["']?([^"'\r\n#]*)/gm);
  return new Map([...lines].map(([, name = '', value = '']) => [name, value.trim()]));
}

/** Variables that are not known stay as they are written. */
function filledIn(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{(\w+)(?::?-([^${}]*))?\}/g, (written, name: string, fallback?: string) => {
    return variables.get(name) ?? fallback ?? written;
  });
}

function buildsIt({ build }: Json, folder: string, dockerfile: string): boolean {
  const found = readComposeBuild(build);
  return found !== undefined && join(folder, found.context, found.dockerfile) === join(dockerfile);
}

function buildsAnother({ build }: Json, folder: string, dockerfile: string): boolean {
  const given = objectOf(build);
  const says = typeof build === 'string' || given?.['context'] !== undefined || given?.['dockerfile'] !== undefined;
  return says && !buildsIt({ build }, folder, dockerfile);
}

const RIGHTS = ['privileged', 'cap_add', 'devices', 'device_cgroup_rules', 'pid', 'ipc', 'gpus'];

function readService(file: string, name: string, service: Json): ComposeService {
  const volumes = Array.isArray(service['volumes']) ? (service['volumes'] as readonly unknown[]) : [];
  const target = objectOf(service['build'])?.['target'];
  const container = service['container_name'];
  return {
    file,
    names: typeof container === 'string' ? [name, container] : [name],
    target: typeof target === 'string' ? target : undefined,
    mounts: volumes.flatMap(mountOf),
    entrypoint: wordsOf(service['entrypoint']),
    command: wordsOf(service['command']),
    rights: RIGHTS.find((key) => service[key] !== undefined && service[key] !== false),
  };
}

function wordsOf(value: unknown): string | readonly string[] | undefined {
  return typeof value === 'string' ? value : listOf(value);
}

/** `./data:/data`, `db:/var/lib/db`, the long form; nothing of what is read-only. */
function mountOf(volume: unknown): readonly string[] {
  if (typeof volume === 'string') {
    const [source = '', target, options = ''] = withoutVariables(volume).split(':');
    return /\bro\b/.test(options) ? [] : [target ?? source];
  }
  const { read_only: readOnly, type, target } = objectOf(volume) ?? {};
  return readOnly === true || type === 'tmpfs' || typeof target !== 'string' ? [] : [target];
}

/** As compose cuts a command into words. */
export function composeWords(line: string | readonly string[]): readonly string[] {
  if (typeof line !== 'string') return line;
  const words = line.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_all, double?: string, single?: string, one?: string) =>
      double === undefined ? (single ?? one ?? '') : double.replace(/\\(.)/g, '$1'),
    ),
  );
}
