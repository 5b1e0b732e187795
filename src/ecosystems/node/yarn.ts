/** yarn classic and berry: one program, told apart by the project's files. */
import { parse } from 'yaml';
import { inProject, isPresent } from '../files.js';
import { readManifest } from './manifest.js';
import { nodeInputs } from './inputs.js';
import { isLocal } from './npm.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import type { Ecosystem, Inputs, Project } from '../types.js';
import { hasOption, optionValue, readWords, type Words } from '../words.js';
import { contextPath, isWithin } from '../../paths.js';

const VALUED =
  '--cwd --cache-folder --modules-folder --network-timeout --network-concurrency --registry --mutex --prefix --global-folder --mode'.split(
    ' ',
  );

export const yarn: Ecosystem = {
  programs: ['yarn', 'yarnpkg'],
  read(command) {
    const words = readWords(command.args, VALUED);
    const [subcommand = 'install', ...rest] = words.operands;
    if (hasOption(words, '--version', '-v') || subcommand === 'cache') return 'independent';
    if (subcommand === 'global')
      return rest[0] === 'add' && !rest.slice(1).some(isLocal) && rest.length > 1 ? 'independent' : undefined;
    if (subcommand !== 'install' || rest.length > 0 || hasOption(words, '--modules-folder')) return undefined;
    return {
      manager: 'yarn',
      directory: optionValue(words, '--cwd') ?? '.',
      inputs: (project) => (isBerry(project) ? berryInputs(project, words) : classicInputs(project, words)),
    };
  },
};

function isBerry(project: Project): boolean {
  const manager = readManifest(project, inProject(project, 'package.json'))?.packageManager;
  return (
    isPresent(project, inProject(project, '.yarnrc.yml'), 'file') ||
    /^yarn@[2-9]/.test(manager ?? '') ||
    (project.context.read(inProject(project, 'yarn.lock'))?.includes('__metadata:') ?? false)
  );
}

function classicInputs(project: Project, words: Words): Inputs | Refusal {
  const settings = project.context.read(inProject(project, '.yarnrc')) ?? '';
  if (/^\s*"?yarn-offline-mirror/m.test(settings))
    return refuse('local-dependency', '.yarnrc names an offline mirror of packages');
  const program = /^\s*"?yarn-path"?\s+"?([^"\s]+)"?/m.exec(settings)?.[1];
  const inputs = nodeInputs(project, {
    manager: 'yarn',
    locks: ['yarn.lock'],
    settings: ['.yarnrc', '.npmrc', '.yarnclean'],
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

function berryInputs(project: Project, words: Words): Inputs | Refusal {
  const settings = readSettings(project);
  if (settings['nodeLinker'] !== 'node-modules' && settings['nodeLinker'] !== 'pnpm')
    return refuse(
      'plug-n-play',
      "yarn's Plug'n'Play writes .pnp.cjs into the project, where the later COPY may put another",
    );
  if (isPresent(project, inProject(project, '.yarn/cache'), 'directory'))
    return refuse('zero-install', "the project keeps yarn's cache in .yarn/cache: the install reads all of it");
  const inputs = nodeInputs(project, {
    manager: 'yarn',
    locks: ['yarn.lock'],
    settings: ['.yarnrc.yml', '.npmrc'],
    needsLock: hasOption(words, '--immutable', '--frozen-lockfile'),
    scripts: words.options.some(({ name, value }) => name === '--mode' && value === 'skip-build')
      ? []
      : ['preinstall', 'install', 'postinstall'],
  });
  if (isRefusal(inputs)) return inputs;
  const folders = ['.yarn/releases', '.yarn/plugins', '.yarn/patches'].map((name) => inProject(project, name));
  const directories = folders.filter((path) => isPresent(project, path, 'directory'));
  const yarnPath = settings['yarnPath'];
  const missing = typeof yarnPath === 'string' && !isPresent(project, inProject(project, yarnPath), 'file');
  const patched = /patch:/.test(project.context.read(inProject(project, 'package.json')) ?? '');
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
    const yaml = parse(project.context.read(inProject(project, '.yarnrc.yml')) ?? '') as unknown;
    return typeof yaml === 'object' && yaml !== null ? (yaml as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
