/** Dependencies that lie in the project, as folders or archives, and patches of others. */
import { isPresent } from '../project/files.js';
import type { Inputs, Project } from '../project/types.js';
import { contextPath, isWithin, joinPath } from '../../paths.js';
import { refuse, type Refusal } from '../../refusal.js';
import { combine } from './combine.js';
import { NODE_MODULES, PACKAGE_JSON, readManifest, readPnpmWorkspace, type Manifest } from './manifest.js';

/** `file:../lib`, `link:lib`, `portal:lib`, `../lib`; an archive is a single file. */
export function isLocalFolder(version: string): boolean {
  return /^(?:file:|link:|portal:|\.{1,2}\/|\/|~\/)/.test(version) && !isArchive(version);
}

function isArchive(version: string): boolean {
  return /\.(?:tgz|tar\.gz|tar)$/.test(version);
}

export function localTarballs(project: Project, manifest: Manifest): Inputs | Refusal {
  const files: string[] = [];
  for (const [name, version] of manifest.dependencies) {
    if (!isArchive(version) || /^\w+:\/\//.test(version) || !/^(?:file:|\.)/.test(version)) continue;
    const path = contextPath(project.directory, version.replace(/^file:/, ''));
    if (path === undefined || !isPresent(project, path, 'file'))
      return refuse('local-dependency', `the archive of the dependency ${name} (\`${version}\`) is not in the context`);
    files.push(path);
  }
  return { files };
}

export function patches(project: Project, manifest: Manifest): Inputs | Refusal {
  const named = [...manifest.patchedDependencies, ...(readPnpmWorkspace(project)?.patchedDependencies ?? [])];
  const paths = named.map((name) => contextPath(project.directory, name) ?? name);
  const missing = paths.find((path) => !isPresent(project, path, 'file'));
  return missing === undefined
    ? { files: paths }
    : refuse('local-dependency', `the patch ${missing} that the install applies is not in the build context`);
}

/**
 * Folders that are dependencies, copied whole: what is linked or packed of them is then what it is without the split. They must
 * stand for themselves: no scripts for the install, no commands, no packages of the project among their own dependencies.
 * @param scripts names of those that the install runs
 */
export function localFolders(project: Project, manifest: Manifest, scripts: readonly string[]): Inputs | Refusal {
  const local = [...manifest.dependencies].filter(([, version]) => isLocalFolder(version));
  return combine(local.map(([name, version]) => localFolder(project, name, version, scripts)));
}

function localFolder(project: Project, name: string, version: string, scripts: readonly string[]): Inputs | Refusal {
  const written = version.replace(/^(?:file|link|portal):/, '');
  const folder = /^[/~]/.test(written) ? undefined : contextPath(project.directory, written);
  const manifest = folder === undefined ? undefined : readManifest(project, joinPath(folder, PACKAGE_JSON));
  const left = (reason: string): Refusal =>
    refuse('local-dependency', `the dependency ${name} is a folder of the project (\`${version}\`) ${reason}`);
  if (folder === undefined || manifest === undefined || !isPresent(project, folder, 'directory'))
    return left('without a package.json in the build context');
  if (isWithin(folder, project.directory)) return left('that holds the project');
  const script = scripts.find((one) => manifest.scripts.has(one));
  if (script !== undefined) return left(`whose script ${script} runs during the install`);
  if (manifest.bins.length > 0 || manifest.binFolder !== undefined) return left('with commands of its own');
  const further = [...manifest.dependencies].find(([, one]) => isLocalFolder(one) || /^(?:file:|workspace:)/.test(one));
  if (further !== undefined) return left(`that needs another one, ${further[0]}`);
  if (isPresent(project, joinPath(folder, 'binding.gyp'), 'file')) return left('that is compiled');
  return { files: [], directories: [folder], outputs: [joinPath(folder, NODE_MODULES)] };
}
