/**
 * Which files of the project a program of Node reads and writes, where its own text says all of them.
 *
 *     fs.writeFileSync('info.json', fs.readFileSync(path.join(__dirname, '../template.txt')))
 *
 * What it uses must be known: modules of Node that read no files, the functions of `fs` below with paths that are written down,
 * programs and JSON of the project that it loads by a written name. All else (a package, another program, a folder that is listed, a
 * path that is put together of what it reads) may lead to any file.
 */
import { lineAt } from '../../../line-at.js';
import { baseName, contextPath, joinPath, parentPath } from '../../../paths.js';
import { isPresent, readPresent } from '../../project/files.js';
import type { Project } from '../../project/types.js';
import { namesOf, type ModuleName } from './names.js';
import type { Program } from './path-values.js';
import { parseProgram } from './syntax.js';
import { Walk, type Files } from './walk.js';

export interface ProgramFiles {
  /** The program and those of the project that it loads. */
  readonly programs: readonly string[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Why that is not known: where, and the text there. */
export interface Unproven {
  readonly where: string;
}

/** @param path context path of a program that is run with the project's folder as its working directory */
export function programFiles(project: Project, path: string): ProgramFiles | Unproven {
  const reading = new Reading(project);
  return reading.load(path) ?? reading.found();
}

/** @param code what `node -e` is given */
export function codeFiles(project: Project, code: string): ProgramFiles | Unproven {
  const reading = new Reading(project);
  return reading.read('node -e', project.directory, code, GIVEN) ?? reading.found();
}

/** `node -e` has the modules of Node without loading them. */
const GIVEN: ReadonlyMap<string, ModuleName> = new Map(['fs', 'path', 'os'].map((module) => [module, { module }]));

const ENDINGS = ['', '.js', '.cjs', '.mjs', '.json', '/index.js'];

class Reading implements Files {
  private readonly programs = new Set<string>();
  private readonly reads = new Set<string>();
  private readonly writes = new Set<string>();

  constructor(private readonly project: Project) {}

  found(): ProgramFiles {
    return { programs: [...this.programs], reads: [...this.reads], writes: [...this.writes] };
  }

  load(path: string): Unproven | undefined {
    if (this.programs.has(path)) return undefined;
    this.programs.add(path);
    const text = readPresent(this.project, path);
    return text === undefined ? { where: path } : this.read(path, parentPath(path), text);
  }

  read(
    name: string,
    folder: string,
    text: string,
    given: ReadonlyMap<string, ModuleName> = new Map(),
  ): Unproven | undefined {
    const tree = parseProgram(text);
    if (tree === undefined) return { where: name };
    const program: Program = {
      project: this.project,
      folder,
      file: joinPath(folder, baseName(name)),
      names: namesOf(tree, given),
    };
    const odd = new Walk(program, this).visit(tree);
    if (odd === undefined) return undefined;
    const line = lineAt(text, odd.start);
    const [first = ''] = text.slice(odd.start, odd.end).split('\n');
    return { where: `${name}:${line} (\`${first.length > 50 ? `${first.slice(0, 49)}…` : first}\`)` };
  }

  addRead(path: string): boolean {
    const { context } = this.project;
    if (context.exists(path) === 'directory') return context.ignored(path);
    if (isPresent(this.project, path, 'file')) this.reads.add(path);
    return true;
  }

  addWrite(path: string): boolean {
    this.writes.add(path);
    return true;
  }

  loadBeside(folder: string, name: string): boolean {
    const base = contextPath(folder, name);
    const path = ENDINGS.map((ending) => base && base + ending).find(
      (one) => one && isPresent(this.project, one, 'file'),
    );
    if (path === undefined || isPresent(this.project, joinPath(base ?? '', 'package.json'), 'file')) return false;
    return path.endsWith('.json') ? this.addRead(path) : this.load(path) === undefined;
  }
}
