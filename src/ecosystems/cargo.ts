import { inProject, isPresent, presentFiles } from './files.js';
import { hasTable, pathDependency } from './toml.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Ecosystem, Inputs, Project } from './types.js';
import { optionValue, readWords } from './words.js';

/** Even `cargo install x` reads them. */
const SETTINGS = ['rust-toolchain', 'rust-toolchain.toml', '.cargo/config.toml', '.cargo/config'];

/** `cargo fetch` alone: a build needs the sources. */
export const cargo: Ecosystem = {
  programs: ['cargo'],
  read({ args }) {
    const words = readWords(
      args.filter((word) => !word.startsWith('+')),
      ['--manifest-path', '--target', '--version', '--features', '--root', '-j', '--git', '--branch', '--tag', '--rev'],
    );
    const [subcommand, ...crates] = words.operands;
    const named = crates.length > 0 && optionValue(words, '--path') === undefined;
    if (subcommand === 'install' && named)
      return { manager: 'cargo', directory: '.', inputs: (project) => ({ files: presentFiles(project, SETTINGS) }) };
    if (subcommand !== 'fetch' || optionValue(words, '--manifest-path') !== undefined) return undefined;
    return { manager: 'cargo', directory: '.', inputs: cargoInputs };
  },
};

function cargoInputs(project: Project): Inputs | Refusal {
  const path = inProject(project, 'Cargo.toml');
  const text = isPresent(project, path, 'file') ? project.context.read(path) : undefined;
  if (text === undefined) return refuse('manifest-missing', `there is no ${path} in the build context`);
  if (hasTable(text, 'workspace'))
    return refuse('inside-workspace', 'cargo reads the manifests and targets of the whole workspace');
  const local = pathDependency(text);
  if (local !== undefined)
    return refuse('local-dependency', `the dependency ${local} of ${path} is a folder of the project`);
  if (!/^\[(?:lib|\[bin\])\]/m.test(text) || !/^path\s*=/m.test(text))
    return refuse('sources-needed', `cargo finds the targets of ${path} by looking for sources`);
  const files = presentFiles(project, ['Cargo.lock', ...SETTINGS]);
  return { files: [path, ...files] };
}
