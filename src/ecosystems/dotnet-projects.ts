/** The projects of .NET that a restore evaluates: those that a solution or its filter lists, and those that they refer to. */
import { listOf, objectOf, parseObject } from '../json.js';
import { contextPath, parentPath } from '../paths.js';
import { refuse, type Refusal } from '../refusal.js';
import { xmlElements } from './mentions/xml-quotes.js';
import { readPresent } from './project/files.js';
import type { Inputs, Project } from './project/types.js';

export function projectClosure(project: Project, start: string): Inputs | Refusal {
  const files = new Set<string>();
  const open = [start];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (files.has(path)) continue;
    const text = readPresent(project, path);
    if (text === undefined) return refuse('manifest-missing', `the project ${path} is not in the build context`);
    const named = path.endsWith('.slnf') ? filtered(path, text) : referred(path, text);
    if (named === undefined) return refuse('manifest-unreadable', `${path} can't be read as what its name says`);
    files.add(path);
    if (named.solution !== undefined) files.add(named.solution);
    for (const name of named.projects) {
      const reference = contextPath(parentPath(named.solution ?? path), name.replaceAll('\\', '/'));
      if (reference === undefined || name.includes('$('))
        return refuse('local-dependency', `${path} refers to ${name}, which can't be found`);
      open.push(reference);
    }
  }
  return { files: [...files] };
}

interface Named {
  /** Paths from the folder of the solution, or of the file itself. */
  readonly projects: readonly string[];
  /** What a filter takes them from. */
  readonly solution?: string;
}

/** `{ "solution": { "path": "..\\All.sln", "projects": ["src\\Web\\Web.csproj"] } }` */
function filtered(path: string, text: string): Named | undefined {
  const json = parseObject(text.replace(/^\uFEFF/, ''));
  const filter = objectOf(json?.['solution']);
  const [name, projects] = [filter?.['path'], listOf(filter?.['projects'])];
  if (typeof name !== 'string' || projects === undefined) return undefined;
  const solution = contextPath(parentPath(path), name.replaceAll('\\', '/'));
  return solution === undefined ? undefined : { projects, solution };
}

/** What a solution lists, or a project refers to; undefined where it is no XML. */
function referred(path: string, text: string): Named | undefined {
  if (path.endsWith('.sln')) {
    const lines = text.matchAll(/^Project\("[^"]*"\)\s*=\s*"[^"]*",\s*"([^"]+\.\w*proj)"/gm);
    return { projects: [...lines].map(([, name = '']) => name) };
  }
  const [tag, attribute] = path.endsWith('.slnx') ? ['Project', 'Path'] : ['ProjectReference', 'Include'];
  const elements = xmlElements(text)?.filter(({ element }) => element.name === tag);
  const names = elements?.flatMap(({ element }) => element.attributes[attribute]?.split(';') ?? []);
  return names && { projects: names.map((name) => name.trim()).filter((name) => name !== '') };
}
