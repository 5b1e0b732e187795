/** The files that requirements files name: `-r` and `-c` count from the file that holds them. */
import { isPresent } from './files.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import type { Inputs, Project } from './types.js';
import { contextPath, parentPath } from '../paths.js';

/** All files that reading `paths` reads. A file that names a local package is refused: its sources are read by the install. */
export function requirementFiles(project: Project, paths: readonly string[]): Inputs | Refusal {
  const files = new Set<string>();
  const open = [...paths];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (files.has(path)) continue;
    const text = isPresent(project, path, 'file') ? project.context.read(path) : undefined;
    if (text === undefined)
      return refuse('manifest-missing', `the requirements file ${path} is not in the build context`);
    files.add(path);
    const named = namedFiles(path, text);
    if (isRefusal(named)) return named;
    open.push(...named.files);
  }
  return { files: [...files] };
}

function namedFiles(path: string, text: string): Inputs | Refusal {
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
  const lines = joined.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return lines.filter((line) => line !== '');
}

/** `-e .`, `./lib`, `lib/x.whl`, `x @ file:…`, `--find-links wheels`; no URLs and no names. */
export function isLocalPackage(line: string): boolean {
  const word = line.replace(/^(?:-e|--editable|-f|--find-links)(?:\s+|=)?/, '').trim();
  if (/^(?:[\w.+-]+\s*@\s*)?file:/.test(word)) return true;
  if (/^(?:[\w.+[\],-]+\s*@\s*)?[\w+]+:\/\//.test(word) || /^git@/.test(word)) return false;
  if (word !== line) return true;
  if (word.startsWith('-')) return false;
  const [name = ''] = word.split(/[\s;=<>!~]/);
  return /^\.{1,2}(?:\/|$|\[)|\//.test(name) || /\.(?:whl|zip|tar\.gz|tar\.bz2)$/.test(name);
}
