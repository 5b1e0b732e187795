import { hasOption } from '../commands/arguments.js';
import { baseName, contextPath, joinPath, parentPath } from '../paths.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { nameTest } from './project/file-names.js';
import { foldersAbove, isPresent, presentFiles, readPresent } from './project/files.js';
import type { Ecosystem, Inputs, PackageManager, Project } from './project/types.js';

const PROJECTS = ['*.csproj', '*.fsproj', '*.vbproj'];
const SOLUTIONS = ['*.sln', '*.slnx'];
const BUILD_FILES = ['Directory.Build.props', 'Directory.Build.targets'];
const FEEDS = ['NuGet.Config', 'nuget.config', 'NuGet.config'];
const OBJECTS = 'obj';

const manager: PackageManager = {
  name: 'dotnet',
  program: 'dotnet',
  locks: ['packages.lock.json'],
  // Found in the project's folder and every one above it.
  settings: [...BUILD_FILES, 'Directory.Packages.props', 'Directory.Solution.props', ...FEEDS, 'global.json'],
  read({ words }) {
    const [subcommand, target, ...more] = words.operands;
    if (subcommand !== 'restore' || more.length > 0) return undefined;
    if (hasOption(words, '--packages', '--configfile')) return undefined;
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
  const found = projectClosure(project, start.files);
  if (isRefusal(found)) return found;
  const folders = new Set(found.files.map(parentPath));
  const places = [...folders].flatMap((directory) => [directory, ...foldersAbove({ ...project, directory })]);
  const present = [
    ...new Set(places.flatMap((directory) => presentFiles({ ...project, directory }, manager.settings))),
  ];
  const imported = present.find((path) => /<Import\s/.test(project.context.read(path) ?? ''));
  if (imported !== undefined) return refuse('local-dependency', `${imported} imports other files of the project`);
  const feed = present.find(
    (path) =>
      FEEDS.includes(baseName(path)) &&
      /value="(?!https?:|true|false)[^"]*[\\/.]/i.test(project.context.read(path) ?? ''),
  );
  if (feed !== undefined) return refuse('local-dependency', `${feed} names a folder of packages`);
  const locks = [...folders].flatMap((directory) => presentFiles({ ...project, directory }, manager.locks));
  const projects = found.files.filter((path) => isProject(baseName(path))).map(parentPath);
  return {
    files: [...found.files, ...present, ...locks],
    outputs: [...new Set(projects)].map((folder) => joinPath(folder, OBJECTS)),
  };
}

function startFile(project: Project, target: string | undefined): Inputs | Refusal {
  const path = target === undefined ? project.directory : project.resolve(target);
  if (path !== undefined && isPresent(project, path, 'file')) return { files: [path] };
  const folder = path ?? project.directory;
  const names = project.context.list(folder)?.filter((name) => isProject(name) || isSolution(name)) ?? [];
  const [only, ...more] = names.map((name) => joinPath(folder, name));
  if (only !== undefined && more.length === 0) return { files: [only] };
  return refuse('manifest-missing', `there is no single project or solution in ${folder || 'the build context'}`);
}

/** The project files that a solution lists and that projects refer to. */
function projectClosure(project: Project, start: readonly string[]): Inputs | Refusal {
  const files = new Set<string>();
  const open = [...start];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (files.has(path)) continue;
    const text = readPresent(project, path);
    if (text === undefined) return refuse('manifest-missing', `the project ${path} is not in the build context`);
    files.add(path);
    if (/<Import\s+Project=/.test(text))
      return refuse('local-dependency', `${path} imports other files of the project`);
    const named = [
      ...text.matchAll(/<ProjectReference\s+Include="([^"]+)"/g),
      ...text.matchAll(/^Project\("[^"]*"\)\s*=\s*"[^"]*",\s*"([^"]+\.\w*proj)"/gm),
      ...text.matchAll(/<Project\s+Path="([^"]+)"/g),
    ].map((match) => (match[1] ?? '').replaceAll('\\', '/'));
    for (const name of named) {
      const reference = contextPath(parentPath(path), name);
      if (reference === undefined || name.includes('$('))
        return refuse('local-dependency', `${path} refers to ${name}, which can't be found`);
      open.push(reference);
    }
  }
  return { files: [...files] };
}
