/** Entries for an ignore file: each with the reasons to leave it out. */
import ignore from 'ignore';
import { baseName, joinPath, parentPath } from '../../paths.js';
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
  const harmful = [...git(survey, kind), ...nodeModules(survey), ...virtualEnvironment(survey)];
  if (kind === 'extend') return [...harmful, ...environmentFile(survey, kind)];
  const ofProjects = [...harmful, ...litter(survey), ...buildOutputs(survey)];
  // A file with nothing but customary lines is not worth a place in the repository.
  const worthwhile =
    survey.context.exists('.git') !== undefined || ofProjects.some(({ pattern }) => pattern !== '.git');
  return worthwhile ? [...ofProjects, ...environmentFile(survey, kind)] : [];
}

/** Ways in which a build reads the repository. */
const READS_GIT =
  /(?:^|[\s"'`(;&|=])git\s+(?:-\w+\s+\S+\s+)*(?:describe|rev-parse|rev-list|log|show|status|submodule|diff|tag|branch|ls-files|symbolic-ref|lfs|checkout|reset|apply|stash|config --(?:local|get))\b|setuptools[_-]scm|versioneer|hatch-vcs|vcs-versioning|dynamic-versioning|\bpbr\b|gitversion|nbgv|nerdbank|minver|sourcelink|git-?commit-?id|buildnumber|-buildvcs|git-version|gradle-git|git-properties|axion|jgit|nebula|vergen|\bgit2\b|shadow-rs|git-revision|git-rev|git-describe|genversion|husky install|lefthook|simple-git-hooks|yorkie|(?:^|[\s"'`=:(,])(?:\.\/)?\.git(?![\w.-]|\/?["'@#]\w)/i;

function git(survey: Survey, kind: 'new' | 'extend'): Entry[] {
  const { context, uses, buildText } = survey;
  if (kind === 'extend' && context.exists('.git') === undefined) return [];
  if (uses.some((use) => names(use, '.git') || READS_GIT.test(use.runs)) || READS_GIT.test(buildText)) return [];
  return [{ pattern: '.git', example: '.git' }];
}

function nodeModules(survey: Survey): Entry[] {
  const folders = projectFolders(survey, 'package.json');
  if (folders.length === 0 || !madeByAll(survey, 'node_modules', ['npm', 'yarn', 'pnpm', 'bun'])) return [];
  const nested = folders.find((folder) => folder !== '');
  const pattern = nested === undefined ? 'node_modules' : '**/node_modules';
  return [{ pattern, example: joinPath(nested ?? '', 'node_modules') }];
}

function virtualEnvironment(survey: Survey): Entry[] {
  const projects = ['pyproject.toml', 'requirements.txt', 'setup.py', 'Pipfile'];
  if (!projects.some((name) => projectFolders(survey, name).includes(''))) return [];
  if (!madeByAll(survey, '.venv', ['pip', 'uv', 'poetry', 'pipenv'])) return [];
  return [{ pattern: '.venv', example: '.venv' }];
}

/** What tools leave behind and nothing reads. */
function litter(survey: Survey): Entry[] {
  const python = survey.files.some((path) => /(?:requirements.*\.txt|pyproject\.toml|setup\.py)$/.test(path));
  const node = nodeModules(survey).length > 0;
  return [
    ...(python ? [{ pattern: '**/__pycache__', example: '__pycache__' }] : []),
    ...(node ? [{ pattern: 'npm-debug.log*', example: 'npm-debug.log' }] : []),
  ];
}

/** Folders that a build fills, where every Dockerfile that copies the tree runs that build itself. */
const OUTPUTS = [
  { manifest: /^pom\.xml$/, pattern: 'target', build: /\bmvnw?\b/ },
  { manifest: /^Cargo\.toml$/, pattern: 'target', build: /\bcargo\b/ },
  { manifest: /^build\.gradle(?:\.kts)?$/, pattern: 'build', build: /\bgradlew?\b/ },
  { manifest: /^build\.gradle(?:\.kts)?$/, pattern: '.gradle', build: /\bgradlew?\b/ },
  { manifest: /\.(?:csproj|fsproj|sln)$/, pattern: '**/bin', build: /\bdotnet\s+(?:build|publish|restore)\b/ },
  { manifest: /\.(?:csproj|fsproj|sln)$/, pattern: '**/obj', build: /\bdotnet\s+(?:build|publish|restore)\b/ },
  { manifest: /^composer\.json$/, pattern: 'vendor', build: /\bcomposer(?:\.phar)?\b[^&|;]*\binstall\b/ },
  { manifest: /^Gemfile$/, pattern: 'vendor/bundle', build: /\bbundler?\b/ },
  { manifest: /^mix\.exs$/, pattern: '_build', build: /\bmix\b/ },
  { manifest: /^mix\.exs$/, pattern: 'deps', build: /\bmix\b[^&|;]*\bdeps\.get\b/ },
];

function buildOutputs(survey: Survey): Entry[] {
  const found = OUTPUTS.filter(({ manifest, pattern, build }) => {
    const name = pattern.replace('**/', '');
    const nested = pattern.startsWith('**/');
    return (
      survey.files.some((path) => (nested || !path.includes('/')) && manifest.test(baseName(path))) &&
      survey.uses.every((use) => !names(use, name) && (!use.copiesTree || build.test(use.runs))) &&
      !isTracked(survey, name, nested)
    );
  });
  const patterns = [...new Set(found.map(({ pattern }) => pattern))];
  return patterns.map((pattern) => ({ pattern, example: pattern.replace('**/', '') }));
}

/** Programs that read `.env` at build or run time, when it is there. */
const READS_ENV =
  /dotenv|decouple|environs|pydantic[-_.]settings|django-environ|starlette|\bvite\b|react-scripts|"next"|"nuxt|@vue\/cli|vue-cli|"astro"|gatsby|"expo"|parcel|laravel|symfony|pipenv|foreman|"bun|node --env-file/i;

function environmentFile(survey: Survey, kind: 'new' | 'extend'): Entry[] {
  const { context, uses, buildText } = survey;
  if (uses.some((use) => use.sources.some((source) => /(?:^|\/)\.env/.test(source)) || /\.env\b/.test(use.runs)))
    return [];
  if (READS_ENV.test(buildText) || uses.some((use) => use.managers.has('pipenv'))) return [];
  if (isTracked(survey, '.env', false)) return [];
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

function projectFolders(survey: Survey, manifest: string): string[] {
  return survey.files.filter((path) => baseName(path) === manifest).map(parentPath);
}
