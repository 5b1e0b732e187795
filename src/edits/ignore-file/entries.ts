/** Entries for an ignore file: each with the reasons to leave it out. */
import { ecosystems } from '../../ecosystems/index.js';
import { isManifestOf } from '../../ecosystems/project-files.js';
import type { Ecosystem, Output } from '../../ecosystems/project/types.js';
import { baseName, isWithin, joinPath, parentPath } from '../../paths.js';
import { loadsEnvironmentFile, readsEnvironmentFile } from './environment-readers.js';
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
  const harmful = [...git(survey), ...installedPackages(survey)];
  if (kind === 'extend') return [...harmful, ...environmentFile(survey)];
  const outputs = buildOutputs(survey);
  const secrets = environmentFile(survey);
  // What may never be there, and compiled files of a program, are not worth a file of their own.
  const isThere = secrets.some(({ example }) => survey.context.exists(example) !== undefined);
  const worthwhile = harmful.length > 0 || outputs.length > 0 || isThere;
  return worthwhile ? [...harmful, ...litter(survey), ...outputs, ...secrets] : [];
}

/** Files that an install writes, where every Dockerfile that copies the tree has one. */
export function entriesFor(survey: Survey, files: readonly string[]): readonly Entry[] {
  if (survey.unreadable) return [];
  const installs = (use: Use): boolean => !use.copiesTree || use.managers.size > 0;
  const plain = files.filter((path) => /^[\w./@-]+$/.test(path));
  return plain
    .filter((path) =>
      survey.uses.every((use) => installs(use) && !use.sources.some((source) => mayBring(source, path))),
    )
    .map((path) => ({ pattern: path, example: path }));
}

/** A source that names the file, or a folder around it. */
function mayBring(source: string, path: string): boolean {
  return source !== '' && (isWithin(source, path) || /[*?[]/.test(source));
}

/** The history lies in the root of the repository alone. */
function git(survey: Survey): Entry[] {
  const { context, uses, buildText } = survey;
  if (context.exists('.git') === undefined || context.ignored('.git') || survey.tooLarge) return [];
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
  return outputsOf(ecosystem).flatMap(({ folder, filledBy, nested, madeBy }) => {
    const hasProject = nested === true ? folders.length > 0 : folders.includes('');
    if (filledBy !== 'installs' || !hasProject || !madeByAll(survey, folder, managers)) return [];
    if (madeBy !== undefined && !isSuggested(survey, folder, madeBy)) return [];
    const below = nested === true ? folders.find((place) => place !== '') : undefined;
    return [{ pattern: below === undefined ? folder : `**/${folder}`, example: joinPath(below ?? '', folder) }];
  });
}

/** Some projects have it, some don't: this one does. */
function isSuggested({ context, uses }: Survey, folder: string, madeBy: readonly string[]): boolean {
  return (
    context.exists(folder) !== undefined ||
    context.gitignored(`${folder}/`) ||
    uses.some(({ managers }) => madeBy.some((manager) => managers.has(manager)))
  );
}

/** What programs leave behind and nothing reads. */
function litter(survey: Survey): Entry[] {
  const found = ecosystems.filter((ecosystem) => projectFolders(survey, ecosystem).length > 0);
  const patterns = found.flatMap(({ litter: left = [] }) => left).sort();
  return patterns.map((pattern) => ({ pattern, example: pattern.replace('**/', '') }));
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

/** `.env.example`, `example.env`: what a developer makes it from. */
const ENV_PATTERN = /^\.env[.-]\w|\.env$/;

/** Where the project has one, or a pattern for one. */
function environmentFile(survey: Survey): Entry[] {
  const { context, uses, buildText } = survey;
  const isUsed =
    context.exists('.env') !== undefined ||
    context.gitignored('.env') ||
    (context.list('') ?? []).some((name) => ENV_PATTERN.test(name));
  if (!isUsed || context.ignored('.env')) return [];
  if (uses.some((use) => use.sources.some((source) => /(?:^|\/)\.env/.test(source)) || /\.env\b/.test(use.commands)))
    return [];
  if (loadsEnvironmentFile(buildText) || uses.some((use) => use.managers.has('pipenv'))) return [];
  if (isTracked(survey, '.env', false) || readsEnvironmentFile(context)) return [];
  return [{ pattern: '.env', example: '.env' }];
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
  if (context.gitignored(`${name}/x`)) return false;
  return nested ? context.glob(`**/${name}/*`)?.length !== 0 : context.exists(name) !== undefined;
}

/** Folders of the context with a manifest. */
function projectFolders(survey: Survey, ecosystem: Ecosystem): string[] {
  return survey.files.filter((path) => isManifestOf(ecosystem, baseName(path))).map(parentPath);
}
