/** Files in TOML (pyproject.toml, Pipfile, Cargo.toml), read by smol-toml: plain tables, asked by the keys on the way. */
import { parse, TomlError } from 'smol-toml';
import type { BuildContext } from '../../facts/context/types.js';
import { memoize } from '../../memoize.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import { inProject, isPresent } from './files.js';
import type { Project } from './types.js';

/** Has its own keys alone, no prototype. */
export type TomlTable = Readonly<Record<string, unknown>>;

export interface TomlManifest {
  /** Relative to the context's root. */
  readonly path: string;
  readonly toml: TomlTable;
}

/** A file beside the manifest; undefined where the build has none, a refusal where it is no TOML. */
export function readToml(project: Project, name: string): TomlTable | Refusal | undefined {
  return tomlAt(project, inProject(project, name));
}

/** The same by the path in the context. */
export function tomlAt(project: Project, path: string): TomlTable | Refusal | undefined {
  if (!isPresent(project, path, 'file')) return undefined;
  const files = filesRead(project.context);
  const known = files.get(path) ?? parseFile(project.context, path);
  files.set(path, known);
  return known;
}

/** The same for a file that has to be there. */
export function readTomlManifest(project: Project, name: string): TomlManifest | Refusal {
  const path = inProject(project, name);
  const toml = readToml(project, name);
  if (toml === undefined) return refuse('manifest-missing', `there is no ${path} in the build context`);
  return isRefusal(toml) ? toml : { path, toml };
}

/** What a context's files hold, by path: each is parsed once. */
const filesRead = memoize<BuildContext, Map<string, TomlTable | Refusal>>(() => new Map());

function parseFile(context: BuildContext, path: string): TomlTable | Refusal {
  const text = context.read(path);
  if (text === undefined) return refuse('manifest-unreadable', `${path} can't be read: it is large or no text`);
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return refuse('manifest-unreadable', `${path} can't be read: line ${error.line} is no TOML`);
  }
}

/** The value of a key in nested tables; undefined where one of them is missing. */
export function valueAt(table: TomlTable, ...keys: readonly string[]): unknown {
  let value: unknown = table;
  for (const key of keys) value = isTable(value) ? value[key] : undefined;
  return value;
}

/** A table in nested tables; an empty one where there is none. */
export function tableAt(table: TomlTable, ...keys: readonly string[]): TomlTable {
  const value = valueAt(table, ...keys);
  return isTable(value) ? value : {};
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The tables in a table: `dev` and `docs` of `[group.dev]` and `[group.docs]`. */
export function subtables(table: TomlTable): readonly TomlTable[] {
  return Object.values(table).filter(isTable);
}

/** The tables of a list: each `[[bin]]`. */
export function tablesOf(value: unknown): readonly TomlTable[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}

/** The strings of a list, or the one that there is. */
export function stringsOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === 'string');
}
