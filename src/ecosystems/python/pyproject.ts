/** What poetry, uv and the standards write into pyproject.toml of packages that lie in the project: an install needs them. */
import { refuse, type Refusal } from '../../refusal.js';
import { isLocalPackage, isLocalUrl, refuseLocal } from '../project/local-dependencies.js';
import {
  stringsOf,
  subtables,
  tableAt,
  tablesOf,
  valueAt,
  type TomlManifest,
  type TomlTable,
} from '../project/toml.js';

export const PYPROJECT = 'pyproject.toml';

/** Refuses a manifest that names such a package, in any of its groups. */
export function refuseLocalPackages(manifest: TomlManifest): Refusal | undefined {
  const { path, toml } = manifest;
  return (
    refuseLocal(manifest, dependencyTables(toml)) ??
    refuseLocalRequirement(path, requirementsOf(toml)) ??
    refuseLocalIndex(path, tableAt(toml, 'tool', 'uv'))
  );
}

/** Tables of names with a version or a table of their own. */
function dependencyTables(toml: TomlTable): readonly TomlTable[] {
  const poetry = tableAt(toml, 'tool', 'poetry');
  return [
    ...['dependencies', 'dev-dependencies', 'requires-plugins'].map((name) => tableAt(poetry, name)),
    ...subtables(tableAt(poetry, 'group')).map((group) => tableAt(group, 'dependencies')),
    tableAt(toml, 'tool', 'uv', 'sources'),
  ];
}

const UV_LISTS = [
  'dev-dependencies',
  'constraint-dependencies',
  'override-dependencies',
  'build-constraint-dependencies',
];

/** Requirements as PEP 508 writes them, in whatever list: `shared @ file:///src/shared`. */
function requirementsOf(toml: TomlTable): readonly string[] {
  const groups = [tableAt(toml, 'project', 'optional-dependencies'), tableAt(toml, 'dependency-groups')];
  const lists = [
    valueAt(toml, 'project', 'dependencies'),
    ...groups.flatMap((group) => Object.values(group)),
    ...UV_LISTS.map((name) => valueAt(toml, 'tool', 'uv', name)),
  ];
  return lists.flatMap(stringsOf);
}

function refuseLocalRequirement(path: string, requirements: readonly string[]): Refusal | undefined {
  const local = requirements.find(isLocalPackage);
  return local === undefined
    ? undefined
    : refuse('local-dependency', `${path} installs \`${local}\` from the project's own files`);
}

/** Refuses settings of uv, in pyproject.toml or uv.toml, that take packages from a folder of the project. */
export function refuseLocalIndex(path: string, settings: TomlTable): Refusal | undefined {
  const urls = [
    ...['find-links', 'index-url', 'extra-index-url'].map((name) => settings[name]),
    ...tablesOf(settings['index']).map((index) => index['url']),
  ];
  const local = urls.flatMap(stringsOf).find(isLocalUrl);
  return local === undefined ? undefined : refuse('local-dependency', `${path} takes packages from \`${local}\``);
}
