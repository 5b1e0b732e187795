import { foldersAbove, inProject, isPresent } from './files.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import type { Ecosystem, Inputs, Project } from './types.js';
import { readWords } from './words.js';
import { contextPath, joinPath, parentPath } from '../paths.js';

const VALUED = '-r --runtime -s --source --configfile --packages -v --verbosity -a --arch --os'.split(' ');
/** Found in the project's folder and every one above it. */
const SHARED =
  'Directory.Build.props Directory.Build.targets Directory.Packages.props Directory.Solution.props NuGet.Config nuget.config NuGet.config global.json'.split(
    ' ',
  );
const PROJECT = /\.(?:cs|fs|vb)proj$/;

export const dotnet: Ecosystem = {
  programs: ['dotnet'],
  read({ args }) {
    const words = readWords(args, VALUED);
    const [subcommand, target, ...more] = words.operands;
    if (subcommand !== 'restore' || more.length > 0) return undefined;
    if (words.options.some(({ name }) => name === '--packages' || name === '--configfile')) return undefined;
    return { manager: 'dotnet', directory: '.', inputs: (project) => dotnetInputs(project, target) };
  },
};

function dotnetInputs(project: Project, target: string | undefined): Inputs | Refusal {
  const start = startFile(project, target);
  if (isRefusal(start)) return start;
  const found = projectClosure(project, start.files);
  if (isRefusal(found)) return found;
  const folders = new Set(found.files.map(parentPath));
  const shared = [...folders].flatMap((directory) => {
    const places = [directory, ...foldersAbove({ ...project, directory })];
    return places.flatMap((place) => SHARED.map((name) => inProject({ ...project, directory: place }, name)));
  });
  const present = [...new Set(shared)].filter((path) => isPresent(project, path, 'file'));
  const imported = present.find((path) => /<Import\s/.test(project.context.read(path) ?? ''));
  if (imported !== undefined) return refuse('local-dependency', `${imported} imports other files of the project`);
  const feed = present.find(
    (path) =>
      /nuget\.config$/i.test(path) &&
      /value="(?!https?:|true|false)[^"]*[\\/.]/i.test(project.context.read(path) ?? ''),
  );
  if (feed !== undefined) return refuse('local-dependency', `${feed} names a folder of packages`);
  const locks = [...folders]
    .map((folder) => joinPath(folder, 'packages.lock.json'))
    .filter((path) => isPresent(project, path, 'file'));
  const projects = found.files.filter((path) => PROJECT.test(path)).map(parentPath);
  return {
    files: [...found.files, ...present, ...locks],
    outputs: [...new Set(projects)].map((folder) => joinPath(folder, 'obj')),
  };
}

function startFile(project: Project, target: string | undefined): Inputs | Refusal {
  const path = target === undefined ? project.directory : project.resolve(target);
  if (path !== undefined && isPresent(project, path, 'file')) return { files: [path] };
  const folder = path ?? project.directory;
  const names = project.context.list(folder)?.filter((name) => PROJECT.test(name) || /\.slnx?$/.test(name)) ?? [];
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
    const text = isPresent(project, path, 'file') ? project.context.read(path) : undefined;
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
