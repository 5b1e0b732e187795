import type { BuildContext } from '../../facts/context/types.js';
import { contextPath, isWithin, joinPath, parentPath } from '../../paths.js';
import type { Project } from './types.js';

/** Path of a file beside the manifest. */
export function inProject(project: Project, name: string): string {
  return joinPath(project.directory, name);
}

/** The names that are files of the project and reach the build, as context paths, in the order given. */
export function presentFiles(project: Project, names: readonly string[]): string[] {
  return names.map((name) => inProject(project, name)).filter((path) => isPresent(project, path, 'file'));
}

export function isPresent(project: Project, path: string, kind: 'file' | 'directory'): boolean {
  return isWithin(project.root, path) && project.context.exists(path) === kind && !project.context.ignored(path);
}

/** Folders from the project's parent up to the root of what is copied, nearest first. */
export function foldersAbove(project: Project): string[] {
  const found: string[] = [];
  let folder = project.directory;
  while (folder !== project.root && folder !== '') {
    folder = parentPath(folder);
    found.push(folder);
  }
  return found;
}

/** Text of a file that reaches the build; undefined where there is none, or it can't be read as text. */
export function readPresent(project: Project, path: string): string | undefined {
  return isPresent(project, path, 'file') ? project.context.read(path) : undefined;
}

/** The whole context as a project, for questions about the files in its root. */
export function rootProject(context: BuildContext): Project {
  return { context, directory: '', root: '', resolve: (path) => contextPath(path) };
}
