/** Members of a workspace that pnpm copies where it otherwise links them: with their manifests alone, it copies nothing else. */
import { joinPath } from '../../paths.js';
import { refuse, type Refusal } from '../../refusal.js';
import { objectOf, parseObject } from '../../json.js';
import { inProject, readPresent } from '../project/files.js';
import type { Project } from '../project/types.js';
import { NPMRC, PACKAGE_JSON, PNPM_WORKSPACE } from './manifest.js';

/** @param told by an option or a variable */
export function refuseCopiedMembers(project: Project, members: readonly string[], told: boolean): Refusal | undefined {
  if (told && members.length > 0)
    return refuse('local-dependency', 'pnpm is told to copy packages of the project into node_modules');
  const settings = [NPMRC, PNPM_WORKSPACE].map((name) => inProject(project, name));
  const all = settings.find((path) => SETTING.test(readPresent(project, path) ?? ''));
  const manifests = [project.directory, ...members].map((folder) => joinPath(folder, PACKAGE_JSON));
  const found = all ?? manifests.find((path) => injects(readPresent(project, path)));
  if (found === undefined) return undefined;
  return refuse('local-dependency', `${found} has packages of the project copied into node_modules, and not linked`);
}

const SETTING = /^[ \t]*inject-?workspace-?packages\s*[=:]\s*["']?true/im;

/** `dependenciesMeta` of a package.json has an entry with `injected`. */
function injects(text: string | undefined): boolean {
  const json = parseObject(text);
  return Object.values(objectOf(json?.['dependenciesMeta']) ?? {}).some(
    (meta) => objectOf(meta)?.['injected'] === true,
  );
}
