import { optionValue } from '../commands/arguments.js';
import { contextPath, parentPath } from '../paths.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { inProject, isPresent, readPresent } from './project/files.js';
import type { Ecosystem, Inputs, PackageManager, Project } from './project/types.js';

const POM = 'pom.xml';
const WRAPPER = 'mvnw';
/** Fetch dependencies and read no sources. */
const GOALS =
  /^(?:(?:org\.apache\.maven\.plugins:)?(?:maven-)?dependency(?:-plugin)?(?::[\d.]+)?:(?:go-offline|resolve|resolve-plugins))$/;

const manager: PackageManager = {
  name: 'maven',
  program: 'mvn',
  locks: [],
  settings: [WRAPPER],
  read({ name, words }) {
    if (words.operands.length === 0 || !words.operands.every((goal) => GOALS.test(goal))) return undefined;
    const settings = optionValue(words, '-s', '--settings', '-gs', '--global-settings');
    const file = optionValue(words, '-f', '--file') ?? POM;
    return {
      manager: manager.name,
      directory: '.',
      inputs: (project) => mavenInputs(project, file, name === WRAPPER, settings),
    };
  },
};

export const maven: Ecosystem = {
  manifests: [POM],
  stems: ['pom'],
  tools: /\bmvnw?\b/,
  outputs: [{ folder: 'target', filledBy: /\bmvnw?\b/ }],
  managers: [manager],
};

function mavenInputs(project: Project, file: string, wrapper: boolean, settings: string | undefined): Inputs | Refusal {
  const root = project.resolve(file);
  if (root === undefined) return refuse('manifest-missing', `${file} is not in the build context`);
  const poms = moduleFiles(project, root);
  if (isRefusal(poms)) return poms;
  const named = settings === undefined ? [] : [project.resolve(settings) ?? ''].filter((path) => path !== '');
  const missing = named.find((path) => !isPresent(project, path, 'file'));
  if (missing !== undefined) return refuse('manifest-missing', `${missing} is not in the build context`);
  const script = inProject(project, WRAPPER);
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
    const text = readPresent(project, path);
    if (text === undefined) return refuse('manifest-missing', `${path} is not in the build context`);
    files.add(path);
    const folder = parentPath(path);
    const xml = text.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
    if (/<systemPath>|file:\/\//.test(xml))
      return refuse('local-dependency', `${path} takes archives from folders of the project`);
    for (const [, module = ''] of xml.matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g))
      open.push(contextPath(folder, module.endsWith('.xml') ? module : `${module}/${POM}`) ?? module);
    const element = xml.slice(xml.indexOf('<parent>'), xml.indexOf('</parent>'));
    const parent = /<relativePath>\s*([^<\s]+)\s*<\/relativePath>/.exec(element)?.[1];
    const above = contextPath(folder, '..', POM);
    const inherits = xml.includes('<parent>') && !xml.includes('<relativePath');
    if (inherits && above !== undefined && isPresent(project, above, 'file')) open.push(above);
    if (parent !== undefined)
      open.push(contextPath(folder, parent.endsWith('.xml') ? parent : `${parent}/${POM}`) ?? parent);
  }
  return { files: [...files] };
}
