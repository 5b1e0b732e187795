/**
 * Dependencies that lie in the project itself: an install needs their folder or file. Manifests in TOML write them alike, as one
 * table or as a list of tables with conditions: `{ path = "libs/shared" }`, `{ url = "file:…" }`, `{ workspace = true }`.
 */
import { refuse, type Refusal } from '../../refusal.js';
import { isTable, type TomlManifest, type TomlTable } from './toml.js';

/** Refuses a manifest when one of the tables, names with what they stand for, has such a dependency. */
export function refuseLocal({ path }: TomlManifest, tables: readonly TomlTable[]): Refusal | undefined {
  for (const [name, spec] of tables.flatMap((table) => Object.entries(table))) {
    const place = localPlace(spec);
    if (place !== undefined)
      return refuse('local-dependency', `the dependency ${name} of ${path} lies in the project (\`${place}\`)`);
  }
  return undefined;
}

/** Where a dependency lies in the project; undefined for a version, a registry and what comes from the network. */
function localPlace(spec: unknown): string | undefined {
  if (Array.isArray(spec)) return spec.map(localPlace).find((place) => place !== undefined);
  if (!isTable(spec)) return undefined;
  const { path, file, url, git, workspace } = spec;
  if (typeof path === 'string') return path;
  if (typeof file === 'string' && isLocalUrl(file)) return file;
  if (workspace === true) return 'workspace = true';
  return [url, git].find((one): one is string => typeof one === 'string' && /^(?:file:|\.{0,2}\/)/.test(one));
}

/** A path, or a URL of one. */
export function isLocalUrl(url: string): boolean {
  return url.startsWith('file:') || !/^[\w+]+:\/\//.test(url);
}

/** `-e .`, `./lib`, `lib/x.whl`, `x @ file:…`, `--find-links wheels`; no URLs and no names. */
export function isLocalPackage(line: string): boolean {
  const word = line.replace(/^(?:-e|--editable|-f|--find-links)(?:\s+|=)?/, '').trim();
  const place = word.replace(/^[\w.+-]+\s*(?:\[[^\]]*\]\s*)?@\s*/, '');
  if (/^(?:\w+\+)?file:/.test(place)) return true;
  if (/^[\w+]+:\/\//.test(place) || /^git@/.test(word)) return false;
  if (place !== word || word !== line) return true;
  if (word.startsWith('-')) return false;
  const [name = ''] = word.split(/[\s;=<>!~]/);
  return /^\.{1,2}(?:\/|$|\[)|\//.test(name) || /\.(?:whl|zip|tar\.gz|tar\.bz2)$/.test(name);
}
