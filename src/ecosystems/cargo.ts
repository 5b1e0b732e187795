import { hasOption, optionValue } from '../commands/arguments.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { foldersAbove, inProject, presentFiles } from './project/files.js';
import { refuseLocal } from './project/local-dependencies.js';
import {
  isTable,
  readToml,
  readTomlManifest,
  stringsOf,
  subtables,
  tableAt,
  tablesOf,
  valueAt,
  type TomlManifest,
  type TomlTable,
} from './project/toml.js';
import type { Ecosystem, Inputs, PackageManager, Project } from './project/types.js';

const CARGO_TOML = 'Cargo.toml';
const CONFIGS = ['.cargo/config.toml', '.cargo/config'];

/** `cargo fetch` alone: a build needs the sources. */
const manager: PackageManager = {
  name: 'cargo',
  program: 'cargo',
  locks: ['Cargo.lock'],
  // Even `cargo install x` reads them, in the project's folder and in those above.
  settings: ['rust-toolchain', 'rust-toolchain.toml', ...CONFIGS],
  read({ words }) {
    const [subcommand, ...crates] = words.operands.filter((word) => !word.startsWith('+'));
    if (subcommand === 'install' && crates.length > 0 && !hasOption(words, '--path'))
      return { manager: manager.name, directory: '.', inputs: settingsInputs };
    if (subcommand !== 'fetch' || optionValue(words, '--manifest-path') !== undefined) return undefined;
    return { manager: manager.name, directory: '.', inputs: cargoInputs };
  },
};

export const cargo: Ecosystem = {
  manifests: [CARGO_TOML],
  buildFiles: ['build.rs'],
  stems: ['Cargo'],
  tools: /\bcargo\b/,
  outputs: [{ folder: 'target', filledBy: /\bcargo\b/ }],
  managers: [manager],
};

function cargoInputs(project: Project): Inputs | Refusal {
  const manifest = readTomlManifest(project, CARGO_TOML);
  if (isRefusal(manifest)) return manifest;
  const settings = settingsInputs(project);
  if (isRefusal(settings)) return settings;
  const obstacle =
    findWorkspace(project, manifest) ??
    refuseLocal(manifest, dependencyTables(manifest.toml)) ??
    refuseHiddenTargets(manifest);
  return obstacle ?? { files: [manifest.path, ...presentFiles(project, manager.locks), ...settings.files] };
}

/** A workspace of which the crate is the root or may be a member. */
function findWorkspace(project: Project, { toml }: TomlManifest): Refusal | undefined {
  const above = foldersAbove(project).map((directory) => readToml({ ...project, directory }, CARGO_TOML) ?? {});
  const unreadable = above.find(isRefusal);
  const isMember = [toml, ...above].some((one) => !isRefusal(one) && one['workspace'] !== undefined);
  if (!isMember && valueAt(toml, 'package', 'workspace') === undefined) return unreadable;
  return refuse('inside-workspace', 'cargo reads the manifests and targets of the whole workspace');
}

const GROUPS = ['dependencies', 'dev-dependencies', 'dev_dependencies', 'build-dependencies', 'build_dependencies'];

/** Those of every platform, and what takes the place of crates. */
function dependencyTables(toml: TomlTable): readonly TomlTable[] {
  const platforms = [toml, ...subtables(tableAt(toml, 'target'))];
  return [
    ...platforms.flatMap((platform) => GROUPS.map((name) => tableAt(platform, name))),
    ...subtables(tableAt(toml, 'patch')),
    tableAt(toml, 'replace'),
  ];
}

/** Cargo looks for the sources of a target whose path is not written down. */
function refuseHiddenTargets({ path, toml }: TomlManifest): Refusal | undefined {
  const main = [...(isTable(toml['lib']) ? [toml['lib']] : []), ...tablesOf(toml['bin'])];
  const targets = [...main, ...['example', 'test', 'bench'].flatMap((kind) => tablesOf(toml[kind]))];
  if (main.length > 0 && targets.every((target) => typeof target['path'] === 'string')) return undefined;
  return refuse('sources-needed', `cargo finds the targets of ${path} by looking for sources`);
}

function settingsInputs(project: Project): Inputs | Refusal {
  const places = [project.directory, ...foldersAbove(project)].map((directory) => ({ ...project, directory }));
  const refusals = places.flatMap((place) => CONFIGS.map((name) => refuseLocalSource(place, name)));
  return refusals.find(isRefusal) ?? { files: places.flatMap((place) => presentFiles(place, manager.settings)) };
}

/** Refuses settings that take crates from folders: vendored ones, patched ones. */
function refuseLocalSource(project: Project, name: string): Refusal | undefined {
  const toml = readToml(project, name) ?? {};
  if (isRefusal(toml)) return toml;
  const config = { path: inProject(project, name), toml };
  const sources = subtables(tableAt(toml, 'source')).flatMap((source) => [
    source['directory'],
    source['local-registry'],
  ]);
  const [folder] = [toml['paths'], ...sources].flatMap(stringsOf);
  if (folder !== undefined) return refuse('local-dependency', `${config.path} takes crates from \`${folder}\``);
  return refuseLocal(config, subtables(tableAt(toml, 'patch')));
}
