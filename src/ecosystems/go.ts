import { optionValue, type Arguments } from '../commands/arguments.js';
import { contextPath, joinPath, parentPath } from '../paths.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { foldersAbove, inProject, isPresent, presentFiles, readPresent } from './project/files.js';
import type { Ecosystem, Environment, Inputs, PackageManager, Project } from './project/types.js';

const GO_MOD = 'go.mod';
const GO_SUM = 'go.sum';
const GO_WORK = 'go.work';
const GO_WORK_SUM = 'go.work.sum';

const manager: PackageManager = {
  name: 'go',
  program: 'go',
  locks: [GO_SUM, GO_WORK_SUM],
  settings: [],
  read({ words, env }) {
    const [subcommand, action] = words.operands;
    if (subcommand === 'env' || subcommand === 'version') return 'independent';
    if (subcommand === 'install' && words.operands.at(-1)?.includes('@') === true) return 'independent';
    if (subcommand !== 'mod' || (action !== 'download' && action !== 'verify')) return undefined;
    return {
      manager: manager.name,
      directory: optionValue(words, '-C') ?? '.',
      inputs: (project) => goInputs(project, words, env),
    };
  },
};

export const go: Ecosystem = {
  manifests: [GO_MOD, GO_WORK],
  stems: ['go.'],
  tools: /\bgo\s/,
  managers: [manager],
};

function goInputs(project: Project, words: Arguments, env: Environment): Inputs | Refusal {
  if (isPresent(project, inProject(project, 'vendor/modules.txt'), 'file'))
    return refuse('vendored', 'the modules lie in vendor/: downloading them is not needed');
  const flag = optionValue(words, '-modfile') ?? /(?:^|\s)--?modfile=(\S+)/.exec(env.get('GOFLAGS') ?? '')?.[1];
  if (flag !== undefined) return alternativeInputs(project, flag);
  const work = workFile(project, env.get('GOWORK'));
  return work === undefined ? moduleInputs(project, project.directory) : workInputs(project, work);
}

/** The workspace that the command works in: Go looks for one in every folder above. */
function workFile(project: Project, named: string | undefined): string | undefined {
  if (named === 'off') return undefined;
  if (named !== undefined && named !== '' && named !== 'auto') return project.resolve(named);
  const places = [project.directory, ...foldersAbove(project)].map((folder) => joinPath(folder, GO_WORK));
  return places.find((path) => isPresent(project, path, 'file'));
}

/** `-modfile=x.mod` takes the place of go.mod, and x.sum that of go.sum; go.mod marks the folder from which paths count. */
function alternativeInputs(project: Project, flag: string): Inputs | Refusal {
  const root = inProject(project, GO_MOD);
  const path = project.resolve(flag);
  const text = path === undefined ? undefined : readPresent(project, path);
  if (path === undefined || text === undefined || !isPresent(project, root, 'file'))
    return refuse('manifest-missing', `there are no ${root} and ${flag} in the build context`);
  const replaced = replacements(project, path, text, project.directory);
  if (isRefusal(replaced)) return replaced;
  const sum = path.replace(/(?:\.mod)?$/, '.sum');
  return { files: [root, path, ...(isPresent(project, sum, 'file') ? [sum] : []), ...replaced.files] };
}

function workInputs(project: Project, path: string): Inputs | Refusal {
  const folder = parentPath(path);
  const text = readPresent(project, path);
  if (text === undefined) return refuse('manifest-missing', `there is no ${path} in the build context`);
  const folders = directives(text, 'use').map((used) => contextPath(folder, unquote(used)));
  const parts = folders.map((used) =>
    used === undefined
      ? refuse('local-dependency', `${path} uses a module outside the context`)
      : moduleInputs(project, used),
  );
  parts.push(replacements(project, path, text));
  const refusal = parts.find(isRefusal);
  const files = parts.flatMap((part) => (isRefusal(part) ? [] : part.files));
  const sums = presentFiles({ ...project, directory: folder }, [GO_WORK_SUM]);
  return refusal ?? { files: [path, ...sums, ...files] };
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

/** go.mod of the local modules that replace others; their paths count from `folder`. */
function replacements(project: Project, path: string, text: string, folder = parentPath(path)): Inputs | Refusal {
  const files: string[] = [];
  for (const replacement of directives(text, 'replace')) {
    const target = unquote(replacement.split('=>')[1]?.trim().split(/\s+/)[0] ?? '');
    if (!/^(?:\.{1,2}\/|\/)/.test(target)) continue;
    const manifest = target.startsWith('/') ? undefined : contextPath(folder, target, GO_MOD);
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
  const clean = text.replace(/\/\/.*/g, '');
  const blocks = [...clean.matchAll(new RegExp(`^[ \\t]*${word}\\s*\\(([^()]*)\\)`, 'gm'))].flatMap((match) =>
    (match[1] ?? '').split('\n'),
  );
  const lines = [...clean.matchAll(new RegExp(`^[ \\t]*${word}\\s+([^(\\s].*)$`, 'gm'))].map((match) => match[1] ?? '');
  return [...blocks, ...lines].map((line) => line.trim()).filter((line) => line !== '');
}

function unquote(word: string): string {
  return word.replace(/^["`](.*)["`]$/, '$1');
}
