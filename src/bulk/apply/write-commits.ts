import { applyDiff } from '../../report/diff.js';
import { blobId } from '../git/blob-id.js';
import { entryNameProblem } from '../git/entry-names.js';
import { GitError } from '../git/errors.js';
import type { Identity } from '../git/identity.js';
import { openObjects, type Objects } from '../git/objects.js';
import type { Git } from '../git/run.js';
import type { PlannedCommit, PlannedFile } from '../plan/types.js';

/**
 * Writes the commits of a plan on top of `parent` in a clone, without a working tree.
 * @returns the id of the last one
 * @throws GitError, also when a diff of the plan does not apply
 */
export async function writeCommits(
  git: Git,
  directory: string,
  plan: { readonly parent: string; readonly commits: readonly PlannedCommit[] },
  identity: Identity,
): Promise<string> {
  checkPaths(plan.commits);
  const texts = await textsOf(git, directory, plan.commits);
  const ids = await importCommits(git, directory, plan, texts, identity);
  if (!identity.sign) return ids.at(-1) ?? plan.parent;
  let parent = plan.parent;
  for (const [index, { message }] of plan.commits.entries())
    parent = await signCommit(git, directory, { tree: `${ids[index] ?? ''}^{tree}`, parent, message }, identity);
  return parent;
}

/** A plan is a file, and may come from another machine: its paths are checked like those of a tree. */
function checkPaths(commits: readonly PlannedCommit[]): void {
  for (const { path } of commits.flatMap(({ files }) => files)) {
    const problem = path
      .split('/')
      .map(entryNameProblem)
      .find((one) => one !== undefined);
    if (problem !== undefined) throw new GitError(`the plan writes a path with a part ${problem}`, 'malformed');
  }
}

/** New texts by object id. */
async function textsOf(
  git: Git,
  directory: string,
  commits: readonly PlannedCommit[],
): Promise<ReadonlyMap<string, string>> {
  const objects = openObjects(git, directory);
  const texts = new Map<string, string>();
  try {
    for (const file of commits.flatMap(({ files }) => files))
      texts.set(file.after, await textAfter(objects, file, texts));
  } finally {
    await objects.close();
  }
  return texts;
}

async function textAfter(objects: Objects, file: PlannedFile, texts: ReadonlyMap<string, string>): Promise<string> {
  const { path, before, after, diff } = file;
  const read = async (id: string): Promise<string | undefined> =>
    texts.get(id) ?? (await objects.read(id))?.content.toString();
  const old = before === undefined ? '' : await read(before);
  const text = old === undefined ? undefined : applyDiff(old, diff);
  if (text === undefined || blobId(text, after.length) !== after)
    throw new GitError(`the diff of the plan does not apply to ${path}: plan again`, 'other');
  return text;
}

/** One `git fast-import` for all commits. @returns their ids, in order */
async function importCommits(
  git: Git,
  directory: string,
  { parent, commits }: { readonly parent: string; readonly commits: readonly PlannedCommit[] },
  texts: ReadonlyMap<string, string>,
  identity: Identity,
): Promise<readonly string[]> {
  const when = `${identity.seconds} +0000`;
  const stream = commits.flatMap(({ message, files }, index) => [
    'commit refs/dockmod/work',
    `mark :${index + 1}`,
    `author ${identity.author} ${when}`,
    `committer ${identity.committer} ${when}`,
    ...data(message),
    `from ${index === 0 ? parent : `:${index}`}`,
    ...files.flatMap(({ path, mode, after }) => [`M ${mode} inline ${quote(path)}`, ...data(texts.get(after) ?? '')]),
    `get-mark :${index + 1}`,
  ]);
  const out = await git.run(['fast-import', '--quiet', '--force', '--date-format=raw', '--done'], {
    cwd: directory,
    input: [...stream, 'done', ''].join('\n'),
  });
  return out.toString().trim().split('\n');
}

function data(text: string): readonly string[] {
  return [`data ${Buffer.byteLength(text)}`, text];
}

function quote(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

async function signCommit(
  git: Git,
  directory: string,
  { tree, parent, message }: { readonly tree: string; readonly parent: string; readonly message: string },
  identity: Identity,
): Promise<string> {
  const when = `@${identity.seconds} +0000`;
  const out = await git.run(['commit-tree', '-S', '-p', parent, tree], {
    cwd: directory,
    input: message,
    env: { ...personOf('AUTHOR', identity.author, when), ...personOf('COMMITTER', identity.committer, when) },
  });
  return out.toString().trim();
}

function personOf(role: string, person: string, when: string): Record<string, string> {
  const [name = '', ...rest] = person.split('<');
  const email = rest.join('<').slice(0, -1);
  return { [`GIT_${role}_NAME`]: name.trimEnd(), [`GIT_${role}_EMAIL`]: email, [`GIT_${role}_DATE`]: when };
}
