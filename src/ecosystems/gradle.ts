import { inProject, isPresent, presentFiles } from './files.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Ecosystem, Inputs, Project } from './types.js';
import { readWords } from './words.js';

const TASKS = new Set(['dependencies', 'resolveDependencies', 'downloadDependencies', 'copyDependencies', 'clean']);

/** The tasks by which people fetch dependencies: a build needs the sources. */
export const gradle: Ecosystem = {
  programs: ['gradle', 'gradlew'],
  read({ program, args }) {
    const words = readWords(args, ['-p', '--project-dir', '-b', '-c', '-I', '-g', '--configuration', '-x']);
    if (!words.operands.some((task) => task !== 'clean') || !words.operands.every((task) => TASKS.has(task)))
      return undefined;
    if (words.options.some(({ name }) => ['-p', '--project-dir', '-b', '-c', '-I'].includes(name))) return undefined;
    return { manager: 'gradle', directory: '.', inputs: (project) => gradleInputs(project, program === 'gradlew') };
  },
};

function gradleInputs(project: Project, wrapper: boolean): Inputs | Refusal {
  const builds = presentFiles(project, ['build.gradle', 'build.gradle.kts']);
  const settings = presentFiles(project, [
    'settings.gradle',
    'settings.gradle.kts',
    'gradle.properties',
    'gradle.lockfile',
  ]);
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
  const folder = inProject(project, 'gradle');
  const script = inProject(project, 'gradlew');
  if (wrapper && !(isPresent(project, script, 'file') && isPresent(project, folder, 'directory')))
    return refuse('manifest-missing', 'gradlew and its folder gradle are not in the build context');
  const directories = isPresent(project, folder, 'directory') ? [folder] : [];
  return { files: [...(wrapper ? [script] : []), ...builds, ...settings], directories };
}
