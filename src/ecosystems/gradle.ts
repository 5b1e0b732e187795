import { hasOption } from '../commands/arguments.js';
import { refuse, type Refusal } from '../refusal.js';
import { inProject, isPresent, presentFiles } from './project/files.js';
import type { Ecosystem, Inputs, PackageManager, Project } from './project/types.js';

const BUILDS = ['build.gradle', 'build.gradle.kts'];
const SETTINGS = ['settings.gradle', 'settings.gradle.kts'];
const PROPERTIES = 'gradle.properties';
const WRAPPER = 'gradlew';
/** The folder of the wrapper. */
const FOLDER = 'gradle';
const TASKS = new Set(['dependencies', 'resolveDependencies', 'downloadDependencies', 'copyDependencies', 'clean']);

/** The tasks by which people fetch dependencies: a build needs the sources. */
const manager: PackageManager = {
  name: 'gradle',
  program: 'gradle',
  locks: ['gradle.lockfile'],
  settings: [PROPERTIES, WRAPPER],
  read({ name, words }) {
    const { operands } = words;
    if (!operands.some((task) => task !== 'clean') || !operands.every((task) => TASKS.has(task))) return undefined;
    if (hasOption(words, '-p', '--project-dir', '-b', '-c', '-I')) return undefined;
    return { manager: manager.name, directory: '.', inputs: (project) => gradleInputs(project, name === WRAPPER) };
  },
};

export const gradle: Ecosystem = {
  manifests: [...BUILDS, ...SETTINGS],
  stems: ['gradle'],
  tools: /\bgradlew?\b/,
  outputs: [
    { folder: 'build', filledBy: /\bgradlew?\b/ },
    { folder: '.gradle', filledBy: /\bgradlew?\b/ },
  ],
  managers: [manager],
};

function gradleInputs(project: Project, wrapper: boolean): Inputs | Refusal {
  const builds = presentFiles(project, BUILDS);
  const settings = presentFiles(project, [...SETTINGS, PROPERTIES, ...manager.locks]);
  if (builds.length === 0) return refuse('manifest-missing', 'there is no build.gradle in the build context');
  if (isPresent(project, inProject(project, 'buildSrc'), 'directory'))
    return refuse('sources-needed', 'buildSrc is compiled before anything else');
  const code = [...builds, ...settings].map((path) => project.context.read(path) ?? '').join('\n');
  const reads =
    /\b(?:apply\s+from|apply\(from|include|includeBuild|file\(|files\(|fileTree|rootProject\.file|new\s+File|exec\s*\{|\.execute\()/.exec(
      code,
    );
  if (reads !== null)
    return refuse('sources-needed', `the build has \`${reads[0]}\`: which files it reads is not known`);
  const folder = inProject(project, FOLDER);
  const script = inProject(project, WRAPPER);
  if (wrapper && !(isPresent(project, script, 'file') && isPresent(project, folder, 'directory')))
    return refuse('manifest-missing', 'gradlew and its folder gradle are not in the build context');
  const directories = isPresent(project, folder, 'directory') ? [folder] : [];
  return { files: [...(wrapper ? [script] : []), ...builds, ...settings], directories };
}
