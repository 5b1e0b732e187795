/** What an install reads of a package of the project: its scripts, its manifest and its commands. */
import { isPresent } from '../project/files.js';
import type { Inputs, Project } from '../project/types.js';
import { contextPath, joinPath } from '../../paths.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import { combine } from './combine.js';
import { isLocalFolder } from './local-packages.js';
import { PACKAGE_JSON, readManifest, type Manifest } from './manifest.js';
import { prismaSchema, scriptInputs } from './scripts.js';

/**
 * Scripts of the package itself, and of dependencies that are known to read the project.
 * @param names of the scripts that the install runs
 */
export function packageInputs(
  project: Project,
  manifest: Manifest,
  path: string,
  names: readonly string[],
): Inputs | Refusal {
  const own = scriptInputs(project, path, names);
  if (isRefusal(own) || names.length === 0 || !manifest.dependencies.has('@prisma/client')) return own;
  const prisma = prismaSchema(project, manifest, undefined, 'the install of @prisma/client');
  return isRefusal(prisma) ? prisma : combine([own, prisma]);
}

export function memberInputs(project: Project, member: string, names: readonly string[]): Inputs | Refusal {
  const path = joinPath(member, PACKAGE_JSON);
  const manifest = readManifest(project, path);
  if (manifest === undefined) return refuse('manifest-missing', `${path} can't be read`);
  const local = [...manifest.dependencies].find(([, version]) => isLocalFolder(version) || /^file:/.test(version));
  if (local !== undefined)
    return refuse('local-dependency', `the dependency ${local[0]} of ${path} is a folder of the project`);
  const inside = { ...project, directory: member };
  const scripts = packageInputs(inside, manifest, path, names);
  if (isRefusal(scripts)) return scripts;
  const bins = commandFiles(project, member, manifest);
  return refuseModes(project, path, bins) ?? combine([{ files: [path, ...bins], inert: bins }, scripts]);
}

/** npm, yarn and bun make a command executable; the later copy brings it as it is. */
export function refuseModes(project: Project, path: string, bins: readonly string[]): Refusal | undefined {
  const closed = bins.find((bin) => project.context.executable(bin) !== true);
  if (closed === undefined) return undefined;
  return refuse(
    'bin-mode',
    `the install makes ${closed}, a command of ${path}, executable, and the later copy takes that back: have it executable in the repository`,
  );
}

/** npm links a member's command only where its file exists at install time. */
export function commandFiles(project: Project, member: string, { bins, binFolder }: Manifest): readonly string[] {
  const folder = binFolder === undefined ? undefined : contextPath(member, binFolder);
  const listed = folder === undefined ? [] : (project.context.list(folder) ?? []).map((name) => joinPath(folder, name));
  const named = bins.flatMap((bin) => contextPath(member, bin) ?? []);
  return [...named, ...listed].filter((path) => isPresent(project, path, 'file'));
}
