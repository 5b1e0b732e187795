/** The member packages of an npm, yarn, pnpm or bun workspace: an install without their manifests passes and installs nothing for them. */
import { foldersAbove, inProject, isPresent } from '../project/files.js';
import { NODE_MODULES, PACKAGE_JSON, readManifest, readPnpmWorkspace } from './manifest.js';
import { refuse, type Refusal } from '../../refusal.js';
import type { Project } from '../project/types.js';
import { contextPath, parentPath } from '../../paths.js';

/** More member manifests than this make more COPY lines than the reorder is worth. */
const MOST_MEMBERS = 16;

/** Folders of the members as context paths, sorted. */
export function workspaceMembers(project: Project, manager: string): readonly string[] | Refusal {
  const patterns = workspacePatterns(project, manager);
  const excluded = patterns.filter((pattern) => pattern.startsWith('!'));
  const members = new Set<string>();
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) continue;
    const found = expandPattern(project, pattern);
    if (found.length === 0)
      return refuse('workspace-members', `no package.json of the workspace members \`${pattern}\` is in the context`);
    for (const member of found) members.add(member);
  }
  if (members.size > 0 && excluded.length > 0)
    return refuse('workspace-members', 'the workspace excludes members by pattern: list them by hand');
  if (members.size > MOST_MEMBERS)
    return refuse('workspace-members', `the workspace has ${members.size} members: as many COPY lines don't pay`);
  return [...members].sort();
}

function workspacePatterns(project: Project, manager: string): readonly string[] {
  if (manager === 'pnpm') return readPnpmWorkspace(project)?.packages ?? [];
  return readManifest(project, inProject(project, PACKAGE_JSON))?.workspaces ?? [];
}

/** `packages/*`, `packages/**`, `apps/web` */
function expandPattern(project: Project, pattern: string): string[] {
  const clean = pattern.replace(/^\.\//, '').replace(/\/$/, '');
  const glob = contextPath(project.directory, clean, PACKAGE_JSON);
  if (glob === undefined) return [];
  const manifests = (project.context.glob(glob) ?? []).filter((path) => !path.split('/').includes(NODE_MODULES));
  const own = inProject(project, PACKAGE_JSON);
  return manifests.filter((path) => path !== own && isPresent(project, path, 'file')).map((path) => parentPath(path));
}

/** The folder above the project whose workspace the project may belong to: the install then reads that one's files too. */
export function enclosingWorkspace(project: Project): string | undefined {
  return foldersAbove(project).find((directory) => {
    const above = { ...project, directory };
    const manifest = readManifest(above, inProject(above, PACKAGE_JSON));
    return (manifest?.workspaces.length ?? 0) > 0 || readPnpmWorkspace(above) !== undefined;
  });
}
