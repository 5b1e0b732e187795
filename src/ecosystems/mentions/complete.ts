/**
 * Completes the list of files that an install reads by what takes part in it: its command line, the variables in force, the files
 * themselves, and what those name in turn. Any string that leads to a file of the project counts, unless the install provably
 * doesn't evaluate it (`evaluated.ts`): a list of files that are known to be read would always miss some.
 */
import { lineAt } from '../../line-at.js';
import { isWithin, joinPath, parentPath } from '../../paths.js';
import { refuse, type Refusal } from '../../refusal.js';
import { isPresent, readPresent } from '../project/files.js';
import type { Inputs, Project } from '../project/types.js';
import { callQuotes, type CommandLine } from './call-quotes.js';
import { computedRead } from './computed-reads.js';
import type { Quote } from './quote.js';
import { isClosed, isData, isProgram, isSetting, readQuotes } from './read-quotes.js';
import { resolveMention, type Found, type Mention } from './resolve.js';

/** More files than this that only mentions bring are a part of the project, and not settings of its install. */
const MOST_FILES = 12;

/** The inputs with the data that they mention; a refusal where something else is mentioned. */
export function withMentions(project: Project, inputs: Inputs, calls: readonly CommandLine[]): Inputs | Refusal {
  const state: State = {
    project,
    inputs,
    files: new Set(inputs.files),
    folders: new Set(inputs.directories),
    open: [...inputs.files.filter((path) => inputs.inert?.includes(path) !== true), ...settingsIn(project, inputs)],
  };
  const atRoot = [project.directory, project.root];
  for (const [source, quote] of calls.flatMap(callQuotes)) {
    const refusal = follow(state, quote, atRoot, () => source);
    if (refusal !== undefined) return refusal;
  }
  for (let path = state.open.shift(); path !== undefined; path = state.open.shift()) {
    const refusal = readFile(state, path, atRoot);
    if (refusal !== undefined) return refusal;
  }
  if (state.files.size > inputs.files.length + MOST_FILES)
    return refuse('mentions-many', `the install names ${state.files.size} files of the project`);
  return { ...inputs, files: [...state.files], directories: [...state.folders] };
}

interface State {
  readonly project: Project;
  readonly inputs: Inputs;
  readonly files: Set<string>;
  /** Copied whole. */
  readonly folders: Set<string>;
  /** Copied, and not read yet. */
  readonly open: string[];
}

function readFile(state: State, path: string, bases: readonly string[]): Refusal | undefined {
  const text = readPresent(state.project, path);
  if (text === undefined) return undefined;
  const format = state.inputs.formats?.get(path) ?? path;
  const unknown = isProgram(format) ? computedRead(format, text) : undefined;
  if (unknown !== undefined)
    return refuse(
      'mentions-unknown',
      `${path}:${lineOf(text, unknown)} has ${unknown}: which files it reads is not known`,
    );
  const quotes = readQuotes(format, text);
  if (quotes === undefined) return refuse('manifest-unreadable', `${path} can't be read as what its name says`);
  for (const quote of quotes) {
    const refusal = follow(
      state,
      quote,
      [parentPath(path), ...bases],
      () => `${path}:${lineOf(text, quote.text)}`,
      isProgram(format),
    );
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function lineOf(text: string, part: string): number {
  const written = text.includes(part) ? part : JSON.stringify(part).slice(1, -1);
  return lineAt(text, Math.max(text.indexOf(written), 0));
}

/**
 * Copies what is mentioned, too, or says why that is not enough.
 * @param program that of a program or a plug-in: what it does with the file is not known
 */
function follow(
  state: State,
  quote: Quote,
  bases: readonly string[],
  source: () => string,
  program = false,
): Refusal | undefined {
  const mention = resolveMention(state.project, quote, bases);
  if (mention === undefined || isCopied(state, mention, quote)) return undefined;
  if (mention.kind === 'unknown')
    return refuse(
      'mentions-unknown',
      `${source()} names ${quote.text}: which file of the project that is is not known`,
    );
  if (quote.field === 'output')
    return refuse(
      'output-not-ignored',
      `${source()} has the install write ${mention.path}, where the later copy puts what the build context has: exclude it in the ignore file`,
    );
  const files = program ? undefined : copiesFor(state.project, mention);
  if (files === undefined)
    return refuse('mentions-file', `${source()} names ${mention.path}, and what the install reads of it is not known`);
  state.open.push(...files);
  (mention.kind === 'file' ? state.files : state.folders).add(mention.path);
  return undefined;
}

/** The file, or those of the folder, where it is enough to copy them. */
function copiesFor(project: Project, { kind, path }: Found): readonly string[] | undefined {
  if (kind === 'file') return isData(path) ? [path] : undefined;
  const files = filesIn(project, path);
  return files?.every(isClosed) === true ? files : undefined;
}

function isCopied({ project, inputs, files, folders }: State, mention: Mention, { field }: Quote): boolean {
  if (mention.kind === 'unknown') return false;
  const { path } = mention;
  if (files.has(path) || isWithin(path, project.directory)) return true;
  if ([...folders, ...(inputs.outputs ?? [])].some((folder) => isWithin(folder, path))) return true;
  if (mention.kind === 'file') return false;
  // A folder of which a manifest is read, or one that a word happens to be called like.
  const held = [...files].filter((file) => parentPath(file) === path);
  return field === 'path' ? held.some((file) => MANIFEST.test(file)) : held.length > 0;
}

const MANIFEST = /(?:^|\/)(?:package\.json|go\.mod|pom\.xml|Cargo\.toml|[^/]+\.\w+proj)$/;

/** All files of a folder, when they are few; undefined when not. */
function filesIn(project: Project, folder: string, room = MOST_FILES): readonly string[] | undefined {
  const found: string[] = [];
  for (const name of project.context.list(folder) ?? []) {
    const path = joinPath(folder, name);
    const below = isPresent(project, path, 'directory') ? filesIn(project, path, room - found.length) : [path];
    if (below === undefined || found.length + below.length > room) return undefined;
    found.push(...below.filter((file) => isPresent(project, file, 'file')));
  }
  return found;
}

/** Settings in the folders that are copied whole. */
function settingsIn(project: Project, { directories = [] }: Inputs): readonly string[] {
  return directories.flatMap((folder) => filesIn(project, folder, 200) ?? []).filter(isSetting);
}
