import { posix } from 'node:path';
import type { ContextEdit, Transform } from '../../engine/types.js';
import { fixJobText, type Outcome, type Shared } from '../../files/fix-job.js';
import { decodeSource } from '../../files/read.js';
import { FileError, type Settings } from '../../files/types.js';
import type { PlanEntry, PlannedFix, PlannedRefusal } from '../types.js';
import { configPathsFor, narrowSettings, parseRepositoryConfig, type RepositoryConfig } from './narrow.js';
import { findDockerfiles, type RepositoryFiles } from './repository-files.js';

/** Where repositories are said to lie; nothing of them is ever there. */
const ROOT = '/repository';
/** A run that asks for more and more files is stopped. */
const MAX_LOADS = 12;
const MAX_VISITS = 3;

/** What is to be done with the Dockerfiles of a repository. */
export interface FixChoice {
  readonly settings: Settings;
  readonly catalogue: readonly Transform[];
}

/** Texts of the files that changed. */
export interface ChangedFile {
  readonly path: string;
  /** Undefined when it is new. */
  readonly before: string | undefined;
  readonly after: string;
}

export interface RepositoryFix extends Pick<PlanEntry, 'fixes' | 'leftAlone' | 'problems'> {
  readonly dockerfiles: number;
  readonly changed: readonly ChangedFile[];
}

/** Takes every Dockerfile of a repository through its transforms, until nothing changes any more. */
export async function fixRepository(files: RepositoryFiles, choice: FixChoice): Promise<RepositoryFix> {
  const found = await findDockerfiles(files);
  const problems = found.flatMap(({ path, problem }) => (problem === undefined ? [] : [{ path, message: problem }]));
  const run = new Run(files, choice);
  const paths = found.filter(({ problem }) => problem === undefined).map(({ path }) => path);
  await files.load([...paths, ...paths.flatMap(configPathsFor)]);
  for (let visit = 0; visit < MAX_VISITS; visit++) {
    const before = run.contextWrites;
    for (const path of paths) await run.fix(path);
    if (run.contextWrites === before) break;
  }
  return {
    dockerfiles: found.length,
    changed: run.changed(),
    ...run.report(),
    problems: [...problems, ...run.problems],
  };
}

class Run {
  /** How many files of build contexts were written: the files that share one are then looked at again. */
  contextWrites = 0;
  readonly problems: PlanEntry['problems'][number][] = [];
  private readonly before = new Map<string, string | undefined>();
  private readonly after = new Map<string, string>();
  /** By absolute root of the build context. */
  private readonly contextEdits = new Map<string, readonly ContextEdit[]>();
  private readonly fixes: PlannedFix[] = [];
  private readonly leftAlone = new Map<string, readonly PlannedRefusal[]>();
  private readonly configs = new Map<string, Promise<RepositoryConfig | string | undefined>>();
  private readonly failed = new Set<string>();

  constructor(
    private readonly files: RepositoryFiles,
    private readonly choice: FixChoice,
  ) {}

  async fix(path: string): Promise<void> {
    if (this.failed.has(path)) return;
    try {
      const settings = await this.settingsFor(path);
      if (settings === undefined || settings.transforms.length === 0) return;
      this.conclude(path, await this.attempt(path, this.textOf(path), settings));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.failed.add(path);
      this.problems.push({
        path,
        message: error.line === undefined ? error.message : `line ${error.line}: ${error.message}`,
      });
    }
  }

  changed(): readonly ChangedFile[] {
    return [...this.after]
      .map(([path, after]) => ({ path, before: this.before.get(path), after }))
      .filter(({ before, after }) => before !== after)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  report(): Pick<PlanEntry, 'fixes' | 'leftAlone'> {
    return { fixes: this.fixes, leftAlone: [...this.leftAlone.values()].flat() };
  }

  private textOf(path: string): string {
    const known = this.after.get(path);
    if (known !== undefined) return known;
    const bytes = this.files.get(path);
    if (bytes === undefined) throw new FileError('it is too large to be a Dockerfile', 'read');
    return decodeSource(Buffer.from(bytes));
  }

  private async settingsFor(path: string): Promise<Settings | undefined> {
    const { settings, catalogue } = this.choice;
    for (const file of configPathsFor(path)) {
      const config = await this.configAt(file);
      if (typeof config === 'string')
        throw new FileError(`the repository's configuration is wrong: ${config}`, 'config');
      if (config !== undefined) return narrowSettings(settings, config, path, catalogue);
    }
    return settings;
  }

  private configAt(path: string): Promise<RepositoryConfig | string | undefined> {
    const bytes = this.files.get(path);
    const known =
      this.configs.get(path) ??
      (bytes === undefined
        ? Promise.resolve(undefined)
        : parseRepositoryConfig(path, Buffer.from(bytes).toString(), this.choice.catalogue));
    this.configs.set(path, known);
    return known;
  }

  /** Runs the transforms again and again until every file that they asked for was there. */
  private async attempt(path: string, text: string, settings: Settings): Promise<Outcome> {
    const job = { path: posix.join(ROOT, path), shown: path, root: ROOT, context: undefined, settings };
    for (let load = 0; ; load++) {
      const shared: Shared = { cache: this.files.trees(ROOT), catalogues: new Map() };
      shared.catalogues.set('', Promise.resolve(this.choice.catalogue));
      const outcome = await fixJobText(job, text, shared, (root) => this.contextEdits.get(root) ?? []);
      if (!(await this.files.load()) || load === MAX_LOADS) return outcome;
    }
  }

  private conclude(path: string, outcome: Outcome): void {
    if ('error' in outcome) throw new FileError(outcome.error.message, 'read', outcome.error.line);
    const { result, context } = outcome;
    for (const { message, line } of result.problems)
      this.problems.push({ path, message: line === undefined ? message : `line ${line}: ${message}` });
    if (result.before !== result.after) this.write(path, result.before, result.after);
    if (context !== undefined && 'root' in context) this.writeContext(context.root, result.contextEdits);
    this.fixes.push(
      ...result.changes.map(({ transform, level, message, line }) => ({ path, line, transform, level, message })),
    );
    this.leftAlone.set(
      path,
      result.leftAlone.map(({ transform, level, code, reason, line }) => ({
        path,
        line,
        transform,
        level,
        code,
        reason,
      })),
    );
  }

  private writeContext(root: string, edits: readonly ContextEdit[]): void {
    if (edits.length === 0) return;
    this.contextWrites++;
    this.contextEdits.set(root, [...(this.contextEdits.get(root) ?? []), ...edits]);
    for (const { path, before, after } of edits)
      this.write(posix.relative(ROOT, posix.join(root, path)), before, after);
  }

  private write(path: string, before: string | undefined, after: string): void {
    if (!this.before.has(path)) this.before.set(path, before);
    this.after.set(path, after);
    this.files.edit(path, after);
  }
}
