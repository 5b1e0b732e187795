import { posix } from 'node:path';
import type { ContextEdit, Transform } from '../../engine/types.js';
import type { Settings } from '../../files/config/types.js';
import { FileError } from '../../files/disk/errors.js';
import { decodeSource } from '../../files/disk/read.js';
import { fixJobText, type Outcome, type JobCaches } from '../../files/fix-job.js';
import { configPathsFor, narrowSettings, parseRepositoryConfig, type RepositoryConfig } from './narrow.js';
import { findDockerfiles, type RepositoryFiles } from './repository-files.js';
import type { PlanEntry, PlannedFix, PlannedRefusal } from './types.js';
import { isRefusal, type Refusal } from '../../refusal.js';

/** Path that a repository has while its files are fixed. No such folder exists on the disk: files come from git objects. */
const ROOT = '/repository';
/** Rounds of loading the files that a run asked for. */
const MAX_LOADS = 12;
const MAX_VISITS = 3;

/** The transforms that run on the Dockerfiles of a repository. */
export interface FixChoice {
  readonly settings: Settings;
  readonly catalogue: readonly Transform[];
}

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

/** Runs the transforms on every Dockerfile of a repository until nothing changes any more. */
export async function fixRepository(files: RepositoryFiles, choice: FixChoice): Promise<RepositoryFix> {
  const found = await findDockerfiles(files);
  const problems = found.flatMap(({ path, problem }) => (problem === undefined ? [] : [{ path, message: problem }]));
  const run = new Run(files, choice);
  const paths = found.filter(({ problem }) => problem === undefined).map(({ path }) => path);
  await files.load([...paths, ...paths.flatMap(configPathsFor)]);
  for (let visit = 0; visit < MAX_VISITS; visit++) for (const path of paths) if (run.isDue(path)) await run.fix(path);
  return {
    dockerfiles: found.length,
    changed: run.changed(),
    ...run.report(problems),
  };
}

class Run {
  private readonly problems = new Map<string, PlanEntry['problems']>();
  private readonly before = new Map<string, string | undefined>();
  private readonly after = new Map<string, string>();
  /** By absolute root of the build context. */
  private readonly contextEdits = new Map<string, readonly ContextEdit[]>();
  private readonly fixes: PlannedFix[] = [];
  private readonly leftAlone = new Map<string, readonly PlannedRefusal[]>();
  private readonly configs = new Map<string, Promise<RepositoryConfig | Refusal | undefined>>();
  /** By Dockerfile: the root of its build context, and the number of edits in it when the Dockerfile was done. */
  private readonly done = new Map<string, { readonly root: string | undefined; readonly edits: number }>();

  constructor(
    private readonly files: RepositoryFiles,
    private readonly choice: FixChoice,
  ) {}

  /** A Dockerfile is fixed again when another one has changed a file of their shared build context. */
  isDue(path: string): boolean {
    const done = this.done.get(path);
    return done === undefined || done.edits !== this.editsOf(done.root).length;
  }

  async fix(path: string): Promise<void> {
    this.done.set(path, { root: undefined, edits: 0 });
    this.problems.delete(path);
    try {
      const settings = await this.settingsFor(path);
      if (settings === undefined || settings.transforms.length === 0) return;
      this.conclude(path, await this.attempt(path, this.textOf(path), settings));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.problems.set(path, [problemOf(path, error)]);
    }
  }

  changed(): readonly ChangedFile[] {
    return [...this.after]
      .map(([path, after]) => ({ path, before: this.before.get(path), after }))
      .filter(({ before, after }) => before !== after)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** @param before problems found before any transform ran */
  report(before: PlanEntry['problems']): Pick<PlanEntry, 'fixes' | 'leftAlone' | 'problems'> {
    const problems = [...before, ...[...this.problems.values()].flat()];
    return { fixes: this.fixes, leftAlone: [...this.leftAlone.values()].flat(), problems };
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
      if (isRefusal(config)) throw new FileError(`the repository's configuration is wrong: ${config.reason}`, 'config');
      if (config !== undefined) return narrowSettings(settings, config, path, catalogue);
    }
    return settings;
  }

  private configAt(path: string): Promise<RepositoryConfig | Refusal | undefined> {
    const bytes = this.files.get(path);
    const known =
      this.configs.get(path) ??
      (bytes === undefined
        ? Promise.resolve(undefined)
        : parseRepositoryConfig(path, Buffer.from(bytes).toString(), this.choice.catalogue));
    this.configs.set(path, known);
    return known;
  }

  /** Runs the transforms, and again after loading the files that they asked for, until none is missing. */
  private async attempt(path: string, text: string, settings: Settings): Promise<Outcome> {
    const job = { path: posix.join(ROOT, path), shown: path, root: ROOT, context: undefined, settings };
    for (let load = 0; ; load++) {
      const caches: JobCaches = { disk: this.files.trees(ROOT), catalogues: new Map() };
      caches.catalogues.set('', Promise.resolve(this.choice.catalogue));
      const outcome = await fixJobText(job, text, caches, (root) => this.editsOf(root));
      if (!(await this.files.load()) || load === MAX_LOADS) return outcome;
    }
  }

  private conclude(path: string, outcome: Outcome): void {
    if ('error' in outcome) throw new FileError(outcome.error.message, 'read', outcome.error.line);
    const { result, context } = outcome;
    if (result.problems.length > 0)
      this.problems.set(
        path,
        result.problems.map((problem) => problemOf(path, problem)),
      );
    if (result.before !== result.after) this.write(path, result.before, result.after);
    if (context?.root !== undefined) this.writeContext(path, context.root, result.contextEdits);
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

  private editsOf(root: string | undefined): readonly ContextEdit[] {
    return this.contextEdits.get(root ?? '') ?? [];
  }

  private writeContext(dockerfile: string, root: string, edits: readonly ContextEdit[]): void {
    const all = [...this.editsOf(root), ...edits];
    this.contextEdits.set(root, all);
    this.done.set(dockerfile, { root, edits: all.length });
    for (const { path, before, after } of edits)
      this.write(posix.relative(ROOT, posix.join(root, path)), before, after);
  }

  private write(path: string, before: string | undefined, after: string): void {
    if (!this.before.has(path)) this.before.set(path, before);
    this.after.set(path, after);
    this.files.edit(path, after);
  }
}

function problemOf(path: string, { message, line }: { readonly message: string; readonly line?: number | undefined }) {
  return { path, message: line === undefined ? message : `line ${line}: ${message}` };
}
