import { foldersAbove, inProject, isPresent } from '../project/files.js';
import type { Project } from '../project/types.js';
import { PACKAGE_JSON, readManifest } from './manifest.js';

/** The nearest package.json, from the project's folder up, that says by `packageManager` which release corepack is to run. */
export function managerFile(project: Project): string | undefined {
  const places = [project.directory, ...foldersAbove(project)].map((directory) => ({ ...project, directory }));
  const paths = places
    .map((place) => inProject(place, PACKAGE_JSON))
    .filter((path) => isPresent(project, path, 'file'));
  return paths.find((path) => readManifest(project, path)?.packageManager !== undefined);
}
