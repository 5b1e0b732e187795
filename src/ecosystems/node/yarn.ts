/** yarn classic and berry. */
import { parse } from 'yaml';
import { hasOption, optionValue, type Arguments } from '../../commands/arguments.js';
import { contextPath, isWithin } from '../../paths.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import { inProject, isPresent } from '../project/files.js';
import type { Inputs, PackageManager, Project } from '../project/types.js';
import { nodeInputs } from './inputs.js';
import { NPMRC, PACKAGE_JSON } from './manifest.js';
import { isLocal } from './npm.js';
import { BERRY_SETTINGS, YARN_LOCK, yarnRelease } from './yarn-release.js';

const CLASSIC_SETTINGS = '.yarnrc';

export const yarn: PackageManager = {
  name: 'yarn',
  program: 'yarn',
  locks: [YARN_LOCK],
  settings: [CLASSIC_SETTINGS, BERRY_SETTINGS, NPMRC, '.yarnclean'],
  read({ words }) {
    const [subcommand = 'install', ...rest] = words.operands;
    if (hasOption(words, '--version', '-v') || subcommand === 'cache') return 'independent';
    if (subcommand === 'global')
      return rest[0] === 'add' && !rest.slice(1).some(isLocal) && rest.length > 1 ? 'independent' : undefined;
    if (subcommand !== 'install' || rest.length > 0 || hasOption(words, '--modules-folder')) return undefined;
    return {
      manager: yarn.name,
      directory: optionValue(words, '--cwd') ?? '.',
      inputs: (project) =>
        yarnRelease(project) === 'berry' ? berryInputs(project, words) : classicInputs(project, words),
    };
  },
};

function classicInputs(project: Project, words: Arguments): Inputs | Refusal {
  const settings = project.context.read(inProject(project, CLASSIC_SETTINGS)) ?? '';
  if (/^[ \t]*"?yarn-offline-mirror/m.test(settings))
    return refuse('local-dependency', '.yarnrc names an offline mirror of packages');
  const program = /^[ \t]*"?yarn-path"?\s+"?([^"\s]+)"?/m.exec(settings)?.[1];
  const inputs = nodeInputs(project, {
    ...yarn,
    settings: yarn.settings.filter((name) => name !== BERRY_SETTINGS),
    needsLock: false,
    scripts: hasOption(words, '--ignore-scripts') ? [] : 'preinstall install postinstall prepublish prepare'.split(' '),
  });
  return isRefusal(inputs) || program === undefined ? inputs : withFile(project, inputs, program);
}

function withFile(project: Project, inputs: Inputs, name: string): Inputs | Refusal {
  const path = contextPath(project.directory, name);
  if (path === undefined || !isPresent(project, path, 'file'))
    return refuse('local-dependency', `yarn itself (${name}) is not in the build context`);
  return { ...inputs, files: [...inputs.files, path] };
}

function berryInputs(project: Project, words: Arguments): Inputs | Refusal {
  const settings = readSettings(project);
  if (settings['nodeLinker'] !== 'node-modules' && settings['nodeLinker'] !== 'pnpm')
    return refuse(
      'plug-n-play',
      "yarn's Plug'n'Play writes .pnp.cjs into the project, where the later COPY may put another",
    );
  if (isPresent(project, inProject(project, '.yarn/cache'), 'directory'))
    return refuse('zero-install', "the project keeps yarn's cache in .yarn/cache: the install reads all of it");
  const inputs = nodeInputs(project, {
    ...yarn,
    settings: [BERRY_SETTINGS, NPMRC],
    needsLock: hasOption(words, '--immutable', '--frozen-lockfile'),
    scripts: optionValue(words, '--mode') === 'skip-build' ? [] : ['preinstall', 'install', 'postinstall'],
  });
  if (isRefusal(inputs)) return inputs;
  const folders = ['.yarn/releases', '.yarn/plugins', '.yarn/patches'].map((name) => inProject(project, name));
  const directories = folders.filter((path) => isPresent(project, path, 'directory'));
  const yarnPath = settings['yarnPath'];
  const missing = typeof yarnPath === 'string' && !isPresent(project, inProject(project, yarnPath), 'file');
  const patched = /patch:/.test(project.context.read(inProject(project, PACKAGE_JSON)) ?? '');
  if (missing) return refuse('local-dependency', `yarn itself (${yarnPath}) is not in the build context`);
  if (patched && !directories.some((path) => path.endsWith('.yarn/patches')))
    return refuse('local-dependency', 'package.json names patches, and .yarn/patches is not in the build context');
  const program = typeof yarnPath === 'string' ? inProject(project, yarnPath) : undefined;
  const outside = program !== undefined && !folders.some((folder) => isWithin(folder, program)) ? [program] : [];
  return {
    ...inputs,
    files: [...inputs.files, ...outside],
    directories: [...directories, ...(inputs.directories ?? [])],
  };
}

function readSettings(project: Project): Readonly<Record<string, unknown>> {
  try {
    const yaml = parse(project.context.read(inProject(project, BERRY_SETTINGS)) ?? '') as unknown;
    return typeof yaml === 'object' && yaml !== null ? (yaml as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
