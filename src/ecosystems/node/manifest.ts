import { parse } from 'yaml';
import { inProject } from '../files.js';
import type { Project } from '../types.js';

/** The parts of a package.json that decide what an install reads. */
export interface Manifest {
  readonly scripts: ReadonlyMap<string, string>;
  /** Name and version of every dependency, development ones included. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly workspaces: readonly string[];
  /** Files that become commands. */
  readonly bins: readonly string[];
  readonly packageManager: string | undefined;
  readonly prismaSchema: string | undefined;
  readonly patchedDependencies: readonly string[];
}

/** Undefined where there is no such file or it isn't a JSON object. */
export function readManifest(project: Project, path: string): Manifest | undefined {
  const json = readObject(() => JSON.parse(project.context.read(path) ?? '') as unknown);
  if (json === undefined) return undefined;
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return {
    scripts: strings(json['scripts']),
    dependencies: new Map(groups.flatMap((group) => [...strings(json[group])])),
    workspaces: list(json['workspaces']) ?? list(object(json['workspaces'])?.['packages']) ?? [],
    bins: typeof json['bin'] === 'string' ? [json['bin']] : [...strings(json['bin']).values()],
    packageManager: typeof json['packageManager'] === 'string' ? json['packageManager'] : undefined,
    prismaSchema: strings(json['prisma']).get('schema'),
    patchedDependencies: [json, object(json['pnpm'])].flatMap((from) => [
      ...strings(from?.['patchedDependencies']).values(),
    ]),
  };
}

export interface PnpmWorkspace {
  readonly packages: readonly string[];
  readonly patchedDependencies: readonly string[];
}

/** pnpm-workspace.yaml of the project; undefined where there is none or it can't be read. */
export function readPnpmWorkspace(project: Project): PnpmWorkspace | undefined {
  const text = project.context.read(inProject(project, 'pnpm-workspace.yaml'));
  const yaml = text === undefined ? undefined : readObject(() => parse(text) as unknown);
  return (
    yaml && {
      packages: list(yaml['packages']) ?? [],
      patchedDependencies: [...strings(yaml['patchedDependencies']).values()],
    }
  );
}

type Json = Readonly<Record<string, unknown>>;

function readObject(read: () => unknown): Json | undefined {
  try {
    return object(read());
  } catch {
    return undefined;
  }
}

function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function strings(value: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(object(value) ?? {});
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function list(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}
