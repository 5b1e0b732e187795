/** yarn classic (1) and yarn berry (2 and up) are one program: the files of a project tell which of them it means. */
import { inProject, isPresent } from '../project/files.js';
import type { Project } from '../project/types.js';
import { PACKAGE_JSON, readManifest } from './manifest.js';

export const YARN_LOCK = 'yarn.lock';
export const BERRY_SETTINGS = '.yarnrc.yml';

/** Undefined where neither a lock file nor a setting tells. */
export function yarnRelease(project: Project): 'classic' | 'berry' | undefined {
  const manager = readManifest(project, inProject(project, PACKAGE_JSON))?.packageManager ?? '';
  const lock = project.context.read(inProject(project, YARN_LOCK)) ?? '';
  if (isPresent(project, inProject(project, BERRY_SETTINGS), 'file')) return 'berry';
  if (/^yarn@[2-9]/.test(manager) || lock.includes('__metadata:')) return 'berry';
  return lock.includes('# yarn lockfile v1') ? 'classic' : undefined;
}
