import { inProject, isPresent } from './files.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import type { Ecosystem, Inputs, Project } from './types.js';
import { optionValue, readWords } from './words.js';
import { contextPath, parentPath } from '../paths.js';

const VALUED =
  '-f --file -s --settings -gs --global-settings -P --activate-profiles -pl --projects -T --threads -l'.split(' ');
/** Fetch dependencies and read no sources. */
const GOALS =
  /^(?:(?:org\.apache\.maven\.plugins:)?(?:maven-)?dependency(?:-plugin)?(?::[\d.]+)?:(?:go-offline|resolve|resolve-plugins))$/;

export const maven: Ecosystem = {
  programs: ['mvn', 'mvnw'],
  read({ program, args }) {
    const words = readWords(args, VALUED);
    if (words.operands.length === 0 || !words.operands.every((goal) => GOALS.test(goal))) return undefined;
    const settings = optionValue(words, '-s', '--settings', '-gs', '--global-settings');
    const file = optionValue(words, '-f', '--file') ?? 'pom.xml';
    return {
      manager: 'maven',
      directory: '.',
      inputs: (project) => mavenInputs(project, file, program === 'mvnw', settings),
    };
  },
};

function mavenInputs(project: Project, file: string, wrapper: boolean, settings: string | undefined): Inputs | Refusal {
  const root = project.resolve(file);
  if (root === undefined) return refuse('manifest-missing', `${file} is not in the build context`);
  const poms = moduleFiles(project, root);
  if (isRefusal(poms)) return poms;
  const named = settings === undefined ? [] : [project.resolve(settings) ?? ''].filter((path) => path !== '');
  const missing = named.find((path) => !isPresent(project, path, 'file'));
  if (missing !== undefined) return refuse('manifest-missing', `${missing} is not in the build context`);
  const script = inProject(project, 'mvnw');
  const config = inProject(project, '.mvn');
  if (wrapper && !(isPresent(project, script, 'file') && isPresent(project, config, 'directory')))
    return refuse('manifest-missing', 'mvnw and .mvn are not in the build context');
  const directories = isPresent(project, config, 'directory') ? [config] : [];
  return { files: [...(wrapper ? [script] : []), ...poms.files, ...named], directories };
}

/** The poms of all modules, profiles included, and of parents inside the project. */
function moduleFiles(project: Project, root: string): Inputs | Refusal {
  const files = new Set<string>();
  const open = [root];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (files.has(path)) continue;
    const text = isPresent(project, path, 'file') ? project.context.read(path) : undefined;
    if (text === undefined) return refuse('manifest-missing', `${path} is not in the build context`);
    files.add(path);
    const folder = parentPath(path);
    const xml = text.replace(/<!--[\s\S]*?-->/g, '');
    if (/<systemPath>|file:\/\//.test(xml))
      return refuse('local-dependency', `${path} takes archives from folders of the project`);
    for (const [, module = ''] of xml.matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g))
      open.push(contextPath(folder, module.endsWith('.xml') ? module : `${module}/pom.xml`) ?? module);
    const parent = /<parent>[\s\S]*?<relativePath>\s*([^<\s]+)\s*<\/relativePath>[\s\S]*?<\/parent>/.exec(xml)?.[1];
    const above = contextPath(folder, '../pom.xml');
    const inherits = xml.includes('<parent>') && !xml.includes('<relativePath');
    if (inherits && above !== undefined && isPresent(project, above, 'file')) open.push(above);
    if (parent !== undefined)
      open.push(contextPath(folder, parent.endsWith('.xml') ? parent : `${parent}/pom.xml`) ?? parent);
  }
  return { files: [...files] };
}
