import { inProject, isPresent } from './files.js';
import { pathDependency } from './toml.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Project } from './types.js';

export interface Manifest {
  /** Relative to the context's root. */
  readonly path: string;
  readonly text: string;
}

/** The manifest of a Python project: `pyproject.toml`, `Pipfile`. */
export function readManifest(project: Project, name: string): Manifest | Refusal {
  const path = inProject(project, name);
  const text = isPresent(project, path, 'file') ? project.context.read(path) : undefined;
  return text === undefined ? refuse('manifest-missing', `there is no ${path} in the build context`) : { path, text };
}

/** Refuses a manifest with a dependency that is a folder of the project, which would have to be there at the install. */
export function refuseLocalDependency({ path, text }: Manifest): Refusal | undefined {
  const local = pathDependency(text);
  return local === undefined
    ? undefined
    : refuse('local-dependency', `the dependency ${local} of ${path} is a folder of the project`);
}
