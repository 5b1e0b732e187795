import { parse } from 'yaml';
import { inProject } from '../project/files.js';
import { listOf, objectOf, parseObject, readObject, stringsByKey } from '../../json.js';
import type { Project } from '../project/types.js';

/** Read by every package manager of Node. */
export const NPMRC = '.npmrc';
export const PACKAGE_JSON = 'package.json';
export const PNPM_WORKSPACE = 'pnpm-workspace.yaml';
export const NODE_MODULES = 'node_modules';

/** The parts of a package.json that decide what an install reads. */
export interface Manifest {
  readonly scripts: ReadonlyMap<string, string>;
  /** Name and version of every dependency, development ones included. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly workspaces: readonly string[];
  /** Files that become commands. */
  readonly bins: readonly string[];
  /** A folder of such files. */
  readonly binFolder: string | undefined;
  readonly packageManager: string | undefined;
  readonly prismaSchema: string | undefined;
  readonly patchedDependencies: readonly string[];
}

/** Undefined where there is no such file or it isn't a JSON object. */
export function readManifest(project: Project, path: string): Manifest | undefined {
  const json = parseObject(project.context.read(path));
  if (json === undefined) return undefined;
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return {
    scripts: stringsByKey(json['scripts']),
    dependencies: new Map(groups.flatMap((group) => [...stringsByKey(json[group])])),
    workspaces: listOf(json['workspaces']) ?? listOf(objectOf(json['workspaces'])?.['packages']) ?? [],
    bins: typeof json['bin'] === 'string' ? [json['bin']] : [...stringsByKey(json['bin']).values()],
    binFolder: stringsByKey(json['directories']).get('bin'),
    packageManager: typeof json['packageManager'] === 'string' ? json['packageManager'] : undefined,
    prismaSchema: stringsByKey(json['prisma']).get('schema'),
    patchedDependencies: [json, objectOf(json['pnpm'])].flatMap((from) => [
      ...stringsByKey(from?.['patchedDependencies']).values(),
    ]),
  };
}

export interface PnpmWorkspace {
  readonly packages: readonly string[];
  readonly patchedDependencies: readonly string[];
}

/** The workspace file of pnpm; undefined where there is none or it can't be read. */
export function readPnpmWorkspace(project: Project): PnpmWorkspace | undefined {
  const text = project.context.read(inProject(project, PNPM_WORKSPACE));
  const yaml = text === undefined ? undefined : readObject(() => parse(text) as unknown);
  return (
    yaml && {
      packages: listOf(yaml['packages']) ?? [],
      patchedDependencies: [...stringsByKey(yaml['patchedDependencies']).values()],
    }
  );
}
