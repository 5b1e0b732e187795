import { hasOption } from '../commands/arguments.js';
import { baseName, joinPath, parentPath } from '../paths.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { projectClosure } from './dotnet-projects.js';
import { nameTest } from './project/file-names.js';
import { foldersAbove, isPresent, presentFiles } from './project/files.js';
import type { Ecosystem, Inputs, PackageManager, Project } from './project/types.js';

const PROJECTS = ['*.csproj', '*.fsproj', '*.vbproj'];
const SOLUTIONS = ['*.sln', '*.slnx'];
const BUILD_FILES = ['Directory.Build.props', 'Directory.Build.targets'];
const FEEDS = ['NuGet.Config', 'nuget.config', 'NuGet.config'];
const TOOLS = ['dotnet-tools.json', '.config/dotnet-tools.json'];
const OBJECTS = 'obj';

const manager: PackageManager = {
  name: 'dotnet',
  program: 'dotnet',
  locks: ['packages.lock.json'],
  // Found in the project's folder and every one above it.
  settings: [...BUILD_FILES, 'Directory.Packages.props', 'Directory.Solution.props', ...FEEDS, 'global.json'],
  read({ words }) {
    const [subcommand, target, ...more] = words.operands;
    if (hasOption(words, '--packages', '--configfile', '--tool-manifest') || more.length > 0) return undefined;
    if (subcommand === 'tool' && target === 'restore')
      return { manager: manager.name, directory: '.', inputs: toolInputs };
    if (subcommand !== 'restore') return undefined;
    return { manager: manager.name, directory: '.', inputs: (project) => dotnetInputs(project, target) };
  },
};

const BUILD = /\bdotnet\s+(?:build|publish|restore)\b/;

export const dotnet: Ecosystem = {
  manifests: [...PROJECTS, ...SOLUTIONS],
  buildFiles: BUILD_FILES,
  tools: /\bdotnet\b/,
  outputs: [
    { folder: 'bin', filledBy: BUILD, nested: true },
    { folder: OBJECTS, filledBy: BUILD, nested: true },
  ],
  managers: [manager],
};

const isProject = nameTest(PROJECTS);
const isSolution = nameTest(SOLUTIONS);

function dotnetInputs(project: Project, target: string | undefined): Inputs | Refusal {
  const start = startFile(project, target);
  if (isRefusal(start)) return start;
  const found = projectClosure(project, start);
  if (isRefusal(found)) return found;
  const folders = [...new Set(found.files.map(parentPath))];
  const settings = folders.flatMap((folder) => settingsOf({ ...project, directory: folder }, manager.settings));
  const locks = folders.flatMap((directory) => presentFiles({ ...project, directory }, manager.locks));
  const projects = found.files.filter((path) => isProject(baseName(path))).map(parentPath);
  return {
    files: [...new Set([...found.files, ...settings, ...locks])],
    outputs: [...new Set(projects)].map((folder) => joinPath(folder, OBJECTS)),
  };
}

/** `dotnet tool restore`: the lists of tools in the folder and those above it, and where packages come from. */
function toolInputs(project: Project): Inputs | Refusal {
  const lists = settingsOf(project, TOOLS);
  if (lists.length === 0) return refuse('manifest-missing', `there is no ${TOOLS[0]} in the build context`);
  return { files: [...lists, ...settingsOf(project, FEEDS)] };
}

/** Those in the project's folder and in every one above it. */
function settingsOf(project: Project, names: readonly string[]): readonly string[] {
  return [project.directory, ...foldersAbove(project)].flatMap((directory) =>
    presentFiles({ ...project, directory }, names),
  );
}

function startFile(project: Project, target: string | undefined): string | Refusal {
  const path = target === undefined ? project.directory : project.resolve(target);
  if (path !== undefined && isPresent(project, path, 'file')) return path;
  const folder = path ?? project.directory;
  const names = project.context.list(folder)?.filter((name) => isProject(name) || isSolution(name)) ?? [];
  const [only, ...more] = names.map((name) => joinPath(folder, name));
  if (only !== undefined && more.length === 0) return only;
  return refuse('manifest-missing', `there is no single project or solution in ${folder || 'the build context'}`);
}
