import { hasOption, optionValue } from '../commands/arguments.js';
import { contextPath, parentPath } from '../paths.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { inProject, isPresent, presentFiles, readPresent } from './project/files.js';
import type { Ecosystem, Inputs, PackageManager, Project } from './project/types.js';

const GO_MOD = 'go.mod';
const GO_SUM = 'go.sum';
const GO_WORK = 'go.work';
const GO_WORK_SUM = 'go.work.sum';

const manager: PackageManager = {
  name: 'go',
  program: 'go',
  locks: [GO_SUM, GO_WORK_SUM],
  settings: [],
  read({ words }) {
    const [subcommand, action] = words.operands;
    if (subcommand === 'env' || subcommand === 'version') return 'independent';
    if (subcommand === 'install' && words.operands.at(-1)?.includes('@') === true) return 'independent';
    if (subcommand !== 'mod' || (action !== 'download' && action !== 'verify')) return undefined;
    if (hasOption(words, '-modfile')) return undefined;
    return { manager: manager.name, directory: optionValue(words, '-C') ?? '.', inputs: goInputs };
  },
};

export const go: Ecosystem = {
  manifests: [GO_MOD, GO_WORK],
  stems: ['go.'],
  tools: /\bgo\s/,
  managers: [manager],
};

function goInputs(project: Project): Inputs | Refusal {
  if (isPresent(project, inProject(project, 'vendor/modules.txt'), 'file'))
    return refuse('vendored', 'the modules lie in vendor/: downloading them is not needed');
  const work = inProject(project, GO_WORK);
  if (isPresent(project, work, 'file')) return workInputs(project, work);
  return moduleInputs(project, project.directory);
}

function workInputs(project: Project, path: string): Inputs | Refusal {
  const text = project.context.read(path) ?? '';
  const folders = directives(text, 'use').map((folder) => contextPath(project.directory, unquote(folder)));
  const parts = folders.map((folder) =>
    folder === undefined
      ? refuse('local-dependency', `${path} uses a module outside the context`)
      : moduleInputs(project, folder),
  );
  parts.push(replacements(project, path, text));
  const refusal = parts.find(isRefusal);
  const files = parts.flatMap((part) => (isRefusal(part) ? [] : part.files));
  return refusal ?? { files: [path, ...presentFiles(project, [GO_WORK_SUM]), ...files] };
}

/** go.mod and go.sum of a module, and go.mod of the local modules that replace others. */
function moduleInputs(project: Project, folder: string): Inputs | Refusal {
  const module = { ...project, directory: folder };
  const path = inProject(module, GO_MOD);
  const text = readPresent(project, path);
  if (text === undefined) return refuse('manifest-missing', `there is no ${path} in the build context`);
  const files = [path, ...presentFiles(module, [GO_SUM])];
  const replaced = replacements(project, path, text);
  return isRefusal(replaced) ? replaced : { files: [...files, ...replaced.files] };
}

/** go.mod of the local modules that replace others. */
function replacements(project: Project, path: string, text: string): Inputs | Refusal {
  const files: string[] = [];
  for (const replacement of directives(text, 'replace')) {
    const target = unquote(replacement.split('=>')[1]?.trim().split(/\s+/)[0] ?? '');
    if (!/^(?:\.{1,2}\/|\/)/.test(target)) continue;
    const manifest = target.startsWith('/') ? undefined : contextPath(parentPath(path), target, GO_MOD);
    if (manifest === undefined || !isPresent(project, manifest, 'file'))
      return refuse(
        'local-dependency',
        `${path} replaces a module by \`${target}\`, which is not in the build context`,
      );
    files.push(manifest);
  }
  return { files };
}

/** The entries of `word x` lines and `word ( … )` blocks. */
function directives(text: string, word: string): string[] {
  const clean = text.replace(/\/\/.*$/gm, '');
  const blocks = [...clean.matchAll(new RegExp(`^\\s*${word}\\s*\\(([^)]*)\\)`, 'gm'))].flatMap((match) =>
    (match[1] ?? '').split('\n'),
  );
  const lines = [...clean.matchAll(new RegExp(`^\\s*${word}\\s+([^(\\s].*)$`, 'gm'))].map((match) => match[1] ?? '');
  return [...blocks, ...lines].map((line) => line.trim()).filter((line) => line !== '');
}

function unquote(word: string): string {
  return word.replace(/^["`](.*)["`]$/, '$1');
}
