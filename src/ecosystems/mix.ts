import { inProject, isPresent, presentFiles } from './files.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Ecosystem, Inputs, Project } from './types.js';

export const mix: Ecosystem = {
  programs: ['mix'],
  read({ args }) {
    const [task, ...options] = args[0] === 'do' ? args.slice(1) : args;
    if (task === 'local.hex' || task === 'local.rebar' || task === 'archive.install') return doOnly(args);
    if (task !== 'deps.get' || options.some((word) => !word.startsWith('-') && !/^[a-z]+$/.test(word)))
      return undefined;
    return { manager: 'mix', directory: '.', inputs: mixInputs };
  },
};

/** `mix do local.hex --force, deps.get` goes on with another task. */
function doOnly(args: readonly string[]): 'independent' | undefined {
  return args[0] === 'do' || args.some((word) => word.endsWith(',')) ? undefined : 'independent';
}

function mixInputs(project: Project): Inputs | Refusal {
  const path = inProject(project, 'mix.exs');
  const text = isPresent(project, path, 'file') ? project.context.read(path) : undefined;
  if (text === undefined) return refuse('manifest-missing', `there is no ${path} in the build context`);
  const code = text.replace(/^\s*#.*$/gm, '');
  const reads = /\b(?:File|Path|System\.cmd|Code|import_file|apps_path)\b|\bpath:|\bin_umbrella:/.exec(code)?.[0];
  if (reads !== undefined)
    return refuse('local-dependency', `${path} has \`${reads}\`: which files it reads is not known`);
  return { files: [path, ...presentFiles(project, ['mix.lock'])], outputs: [inProject(project, 'deps')] };
}
