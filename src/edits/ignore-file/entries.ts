/** Entries for an ignore file: each with the reasons to leave it out. */
import ignore from 'ignore';
import { ecosystems } from '../../ecosystems/index.js';
import { isManifestOf } from '../../ecosystems/project-files.js';
import type { Ecosystem, Output } from '../../ecosystems/project/types.js';
import { baseName, joinPath, parentPath } from '../../paths.js';
import { readsEnvironmentFile } from './environment-readers.js';
import { readsGit, runsReadGit } from './git-readers.js';
import type { Survey, Use } from './survey.js';

export interface Entry {
  readonly pattern: string;
  /** A path that the entry is there to keep out. */
  readonly example: string;
}

/**
 * `new`: all that fits the projects. `extend`: only what does harm when it is missing, because the author of the file chose
 * the rest.
 */
export function wantedEntries(survey: Survey, kind: 'new' | 'extend'): readonly Entry[] {
  if (survey.unreadable) return [];
  const harmful = [...git(survey, kind), ...installedPackages(survey)];
  if (kind === 'extend') return [...harmful, ...environmentFile(survey, kind)];
  const ofProjects = [...harmful, ...litter(survey), ...buildOutputs(survey)];
  // A file with nothing but customary lines is not worth a place in the repository.
  const worthwhile =
    survey.context.exists('.git') !== undefined || ofProjects.some(({ pattern }) => pattern !== '.git');
  return worthwhile ? [...ofProjects, ...environmentFile(survey, kind)] : [];
}

function git(survey: Survey, kind: 'new' | 'extend'): Entry[] {
  const { context, uses, buildText } = survey;
  if (kind === 'extend' && context.exists('.git') === undefined) return [];
  if (uses.some((use) => names(use, '.git') || runsReadGit(use.runs))) return [];
  if (readsGit(buildText) || survey.scriptText.some(readsGit)) return [];
  return [{ pattern: '.git', example: '.git' }];
}

/** Packages of the host, which every Dockerfile that copies the tree installs anew. */
function installedPackages(survey: Survey): Entry[] {
  return ecosystems.flatMap((ecosystem) => installedBy(survey, ecosystem));
}

function installedBy(survey: Survey, ecosystem: Ecosystem): Entry[] {
  const folders = projectFolders(survey, ecosystem);
  const managers = ecosystem.managers.map(({ name }) => name);
  return outputsOf(ecosystem).flatMap(({ folder, filledBy, nested }) => {
    const hasProject = nested === true ? folders.length > 0 : folders.includes('');
    if (filledBy !== 'installs' || !hasProject || !madeByAll(survey, folder, managers)) return [];
    const below = nested === true ? folders.find((place) => place !== '') : undefined;
    return [{ pattern: below === undefined ? folder : `**/${folder}`, example: joinPath(below ?? '', folder) }];
  });
}

/** What tools leave behind and nothing reads. */
function litter(survey: Survey): Entry[] {
  const found = ecosystems.flatMap((ecosystem) =>
    (ecosystem.litter ?? []).filter(({ leftBy }) =>
      leftBy === 'installs' ? installedBy(survey, ecosystem).length > 0 : projectFolders(survey, ecosystem).length > 0,
    ),
  );
  const patterns = found.map(({ pattern }) => pattern).sort();
  return patterns.map((pattern) => ({ pattern, example: pattern.replace('**/', '').replace('*', '') }));
}

/** Folders that a build fills, where every Dockerfile that copies the tree runs that build itself. */
function buildOutputs(survey: Survey): Entry[] {
  const found = ecosystems.flatMap((ecosystem) => {
    const folders = projectFolders(survey, ecosystem);
    return outputsOf(ecosystem).filter(({ folder, filledBy, nested = false }) => {
      if (filledBy === 'installs' || !(nested ? folders.length > 0 : folders.includes(''))) return false;
      const isMade = (use: Use): boolean => !names(use, folder) && (!use.copiesTree || filledBy.test(use.runs));
      return survey.uses.every(isMade) && !isTracked(survey, folder, nested);
    });
  });
  const patterns = new Set(found.map(({ folder, nested }) => (nested === true ? `**/${folder}` : folder)));
  return [...patterns].map((pattern) => ({ pattern, example: pattern.replace('**/', '') }));
}

function outputsOf({ outputs = [] }: Ecosystem): readonly Output[] {
  return outputs;
}

/** Programs that read `.env` at build or run time, when it is there. */
const READS_ENV =
  /dotenv|decouple|environs|pydantic[-_.]settings|django-environ|starlette|\bvite\b|react-scripts|"next"|"nuxt|@vue\/cli|vue-cli|"astro"|gatsby|"expo"|parcel|laravel|symfony|pipenv|foreman|"bun|node --env-file/i;

function environmentFile(survey: Survey, kind: 'new' | 'extend'): Entry[] {
  const { context, uses, buildText } = survey;
  if (uses.some((use) => use.sources.some((source) => /(?:^|\/)\.env/.test(source)) || /\.env\b/.test(use.commands)))
    return [];
  if (READS_ENV.test(buildText) || uses.some((use) => use.managers.has('pipenv'))) return [];
  if (isTracked(survey, '.env', false)) return [];
  if (readsEnvironmentFile(context)) return [];
  const used = context.exists('.env') !== undefined || context.exists('.env.example') !== undefined;
  return kind === 'new' || used ? [{ pattern: '.env', example: '.env' }] : [];
}

/** Every Dockerfile that copies the whole tree makes the folder itself, and none names it. */
function madeByAll({ uses }: Survey, folder: string, managers: readonly string[]): boolean {
  return uses.every(
    (use) => !names(use, folder) && (!use.copiesTree || managers.some((manager) => use.managers.has(manager))),
  );
}

/** A COPY or ADD takes the folder, or something in it, by name. */
function names(use: Use, folder: string): boolean {
  const parts = folder.split('/');
  return use.sources.some((source) => {
    const segments = source.split('/');
    return segments.some((_, index) => parts.every((part, offset) => segments[index + offset] === part));
  });
}

/** It is there, and the repository does not ignore it: then it belongs to the project. */
function isTracked({ context }: Survey, name: string, nested: boolean): boolean {
  const rules = context.read('.gitignore');
  if (rules !== undefined && ignore().add(rules).ignores(`${name}/x`)) return false;
  return nested ? context.glob(`**/${name}/*`)?.length !== 0 : context.exists(name) !== undefined;
}

/** Folders of the context with a manifest. */
function projectFolders(survey: Survey, ecosystem: Ecosystem): string[] {
  return survey.files.filter((path) => isManifestOf(ecosystem, baseName(path))).map(parentPath);
}
