import { refuse, type Refusal } from '../refusal.js';
import { followed } from '../text-test.js';
import { inProject, presentFiles, readPresent } from './project/files.js';
import type { Ecosystem, Inputs, PackageManager, Project } from './project/types.js';

const MIX_EXS = 'mix.exs';
const DEPS = 'deps';

const manager: PackageManager = {
  name: 'mix',
  program: 'mix',
  locks: ['mix.lock'],
  settings: [],
  read({ words: { operands } }) {
    const [task, ...rest] = operands[0] === 'do' ? operands.slice(1) : operands;
    if (task === 'local.hex' || task === 'local.rebar' || task === 'archive.install') return doOnly(operands);
    if (task !== 'deps.get' || !rest.every((word) => /^[a-z]+$/.test(word))) return undefined;
    return { manager: manager.name, directory: '.', inputs: mixInputs };
  },
};

export const mix: Ecosystem = {
  manifests: [MIX_EXS],
  stems: ['mix.'],
  tools: /\bmix\b/,
  outputs: [
    { folder: '_build', filledBy: /\bmix\b/ },
    { folder: DEPS, filledBy: followed(/\bmix\b/, /\bdeps\.get\b/, /[&|;]/) },
  ],
  managers: [manager],
};

/** `mix do local.hex --force, deps.get` goes on with another task. */
function doOnly(words: readonly string[]): 'independent' | undefined {
  return words[0] === 'do' || words.some((word) => word.endsWith(',')) ? undefined : 'independent';
}

function mixInputs(project: Project): Inputs | Refusal {
  const path = inProject(project, MIX_EXS);
  const text = readPresent(project, path);
  if (text === undefined) return refuse('manifest-missing', `there is no ${path} in the build context`);
  const code = text.replace(/^[ \t]*#.*$/gm, '');
  const reads = /\b(?:File|Path|System\.cmd|Code|import_file|apps_path)\b|\bpath:|\bin_umbrella:/.exec(code)?.[0];
  if (reads !== undefined)
    return refuse('local-dependency', `${path} has \`${reads}\`: which files it reads is not known`);
  return { files: [path, ...presentFiles(project, manager.locks)], outputs: [inProject(project, DEPS)] };
}
