/** The files that requirements files name: `-r` and `-c` count from the file that holds them. */
import { isPresent } from '../project/files.js';
import { isLocalPackage } from '../project/local-dependencies.js';
import { refuseLocalPackages } from './pyproject.js';
import { tomlAt } from '../project/toml.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import type { Inputs, Project } from '../project/types.js';
import { contextPath, parentPath } from '../../paths.js';

/** All files that reading `paths` reads. A file that names a local package is refused: its sources are read by the install. */
export function requirementFiles(project: Project, paths: readonly string[]): Inputs | Refusal {
  const files = new Set<string>();
  const open = [...paths];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (files.has(path)) continue;
    const named = filesNamedBy(project, path);
    if (isRefusal(named)) return named;
    files.add(path);
    open.push(...named.files);
  }
  return { files: [...files] };
}

function filesNamedBy(project: Project, path: string): Inputs | Refusal {
  if (!isPresent(project, path, 'file'))
    return refuse('manifest-missing', `the requirements file ${path} is not in the build context`);
  if (/\.(?:py|cfg)$/.test(path)) return refuse('installs-project', `the requirements of ${path} come from a build`);
  if (path.endsWith('.toml')) return manifestReads(project, path);
  const text = project.context.read(path);
  return text === undefined ? refuse('manifest-unreadable', `${path} can't be read`) : linesRead(path, text);
}

/** uv takes the dependencies of a pyproject.toml, too. */
function manifestReads(project: Project, path: string): Inputs | Refusal {
  const toml = tomlAt(project, path) ?? {};
  if (isRefusal(toml)) return toml;
  return refuseLocalPackages({ path, toml }) ?? { files: [] };
}

function linesRead(path: string, text: string): Inputs | Refusal {
  const folder = parentPath(path);
  const files: string[] = [];
  for (const line of requirementLines(text)) {
    const include = /^(?:-r|-c|--requirement|--constraint)(?:\s+|=)?(\S+)/.exec(line)?.[1];
    if (include !== undefined && !/^\w+:\/\//.test(include)) {
      const file = contextPath(folder, include);
      if (file === undefined) return refuse('local-dependency', `${path} reads ${include}, outside the build context`);
      files.push(file);
    } else if (isLocalPackage(line))
      return refuse('local-dependency', `${path} installs \`${line}\` from the project's own files`);
  }
  return { files };
}

/** Lines joined at `\`, without comments and blank ones. */
function requirementLines(text: string): string[] {
  const joined = text.replace(/^\uFEFF/, '').replace(/\\\r?\n/g, ' ');
  const lines = joined.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*/s, '').trim());
  return lines.filter((line) => line !== '');
}
