import { describeError } from '../../files/disk/errors.js';
import { unifiedDiff } from '../../report/diff.js';
import type { Repository } from '../forges/types.js';
import { blobId } from '../git/blob-id.js';
import { openClone, type CloneOptions } from '../git/clone.js';
import { GitError } from '../git/errors.js';
import { openObjects, type Objects } from '../git/objects.js';
import type { Git } from '../git/run.js';
import { readCommitTree, type CommitTree } from '../git/tree.js';
import { fixRepository, type ChangedFile, type RepositoryFix } from './fix-repository.js';
import { openRepositoryFiles } from './repository-files.js';
import type { FixChoice } from './repository-settings.js';
import { NOTHING_PLANNED } from './nothing-planned.js';
import type { PlanEntry, PlannedCommit, PlannedFile } from './types.js';

export interface PlanOptions extends CloneOptions {
  readonly git: Git;
  readonly choice: FixChoice;
  /** A commit for each transform, or one in all. */
  readonly commits: 'transform' | 'one';
  /** The message of a commit; `transform` is undefined for the one in all. */
  readonly message: (commit: {
    readonly transform: string | undefined;
    readonly fixes: number;
    readonly files: number;
  }) => string;
}

/** Clones a repository, fixes its Dockerfiles, and describes the commits to push. Never throws: an error becomes the outcome. */
export async function planRepository(repository: Repository, options: PlanOptions): Promise<PlanEntry> {
  const nothing = { repository, head: undefined, ...NOTHING_PLANNED };
  try {
    const { directory, branch } = await openClone(options.git, repository.url, options);
    const objects = openObjects(options.git, directory);
    try {
      const commit = await objects.read('HEAD');
      if (commit === undefined) return { ...nothing, outcome: 'skipped', reason: 'the repository has no commits' };
      const head = { branch, commit: commit.id };
      const tree = await readCommitTree(objects, /^tree (\w+)/.exec(commit.content.toString('latin1'))?.[1] ?? '');
      return { ...nothing, head, ...(await planTree(tree, objects, options)) };
    } finally {
      await objects.close();
    }
  } catch (error) {
    return { ...nothing, ...failureOf(error) };
  }
}

/** Skipped when trying again can't help. */
function failureOf(error: unknown): { readonly outcome: 'failed' | 'skipped'; readonly reason: string } {
  const reason = describeError(error);
  const lasting = error instanceof GitError && ['not-found', 'denied', 'redirected', 'malformed'].includes(error.kind);
  return { outcome: lasting ? 'skipped' : 'failed', reason };
}

type Planned = Pick<
  PlanEntry,
  'outcome' | 'reason' | 'commits' | 'diff' | 'fixes' | 'leftAlone' | 'problems' | 'skipped' | 'warnings'
>;

async function planTree(tree: CommitTree, objects: Objects, options: PlanOptions): Promise<Planned> {
  const whole = await fixRepository(openRepositoryFiles(tree, objects), options.choice);
  const { fixes, leftAlone, problems, skipped, warnings } = whole;
  const notes = { leftAlone, problems, skipped, warnings };
  const reason = whyNothing(whole.dockerfiles, whole.changed.length, problems);
  if (reason !== undefined) return { outcome: 'nothing', reason, ...NOTHING_PLANNED, ...notes };
  const commits =
    options.commits === 'one'
      ? [
          commitOf(
            tree,
            whole.changed,
            options.message({ transform: undefined, fixes: fixes.length, files: whole.changed.length }),
          ),
        ]
      : await commitsByTransform(tree, objects, whole, options);
  const diff = whole.changed.map(({ path, before, after }) => unifiedDiff(path, before, after)).join('');
  return { outcome: 'fix', reason: undefined, commits, diff, fixes, ...notes };
}

function whyNothing(dockerfiles: number, changed: number, problems: PlanEntry['problems']): string | undefined {
  if (changed > 0) return undefined;
  if (dockerfiles === 0) return 'no Dockerfile found';
  const [first] = problems;
  return first === undefined ? 'nothing to fix' : `nothing to fix; ${first.path}: ${first.message}`;
}

/**
 * A commit for each transform: they run one at a time, each on the result of those before it. The last commit also takes what differs from
 * running all of them together.
 */
async function commitsByTransform(
  tree: CommitTree,
  objects: Objects,
  { changed: whole, problems }: RepositoryFix,
  options: PlanOptions,
): Promise<readonly PlannedCommit[]> {
  const { settings } = options.choice;
  const original = new Map(whole.map(({ path, before }) => [path, before]));
  const now = new Map(original);
  // One that takes too long would do so again with each transform.
  const hopeless = new Set(problems.flatMap(({ path }) => (original.has(path) ? [] : [path])));
  const steps: { readonly changed: ChangedFile[]; readonly message: string }[] = [];
  for (const name of settings.transforms) {
    const files = openRepositoryFiles(tree, objects);
    for (const [path, text] of now) if (text !== original.get(path) && text !== undefined) files.edit(path, text);
    const step = await fixRepository(
      files,
      { ...options.choice, settings: { ...settings, transforms: [name] } },
      hopeless,
    );
    if (step.changed.length === 0) continue;
    const changed = step.changed.map(({ path, after }) => ({ path, before: now.get(path), after }));
    for (const { path, after } of changed) now.set(path, after);
    steps.push({
      changed,
      message: options.message({ transform: name, fixes: step.fixes.length, files: changed.length }),
    });
  }
  const rest = whole
    .filter(({ path, after }) => now.get(path) !== after)
    .map(({ path, after }) => ({ path, before: now.get(path), after }));
  const astray = [...now].some(([path]) => !original.has(path));
  if (steps.length < 2 || astray)
    return [
      commitOf(
        tree,
        whole,
        steps[0]?.message ?? options.message({ transform: undefined, fixes: 0, files: whole.length }),
      ),
    ];
  const last = steps.at(-1);
  if (last !== undefined) last.changed.splice(0, last.changed.length, ...mergeChanges(last.changed, rest));
  return steps.map(({ changed, message }) => commitOf(tree, changed, message));
}

function mergeChanges(first: readonly ChangedFile[], second: readonly ChangedFile[]): readonly ChangedFile[] {
  const merged = new Map(first.map((file) => [file.path, file]));
  for (const file of second) merged.set(file.path, { ...file, before: merged.get(file.path)?.before ?? file.before });
  return [...merged.values()].filter(({ before, after }) => before !== after);
}

function commitOf(tree: CommitTree, changed: readonly ChangedFile[], message: string): PlannedCommit {
  return { message, files: changed.map((file) => fileOf(tree, file)) };
}

function fileOf(tree: CommitTree, { path, before, after }: ChangedFile): PlannedFile {
  const entry = tree.entries.get(path);
  const idOf = (text: string): string => blobId(text, tree.entries.get('')?.id.length ?? 40);
  return {
    path,
    mode: entry?.mode === '100755' ? '100755' : '100644',
    before: before === undefined ? undefined : idOf(before),
    after: idOf(after),
    diff: unifiedDiff(path, before, after),
  };
}
