import { refuseConfiguredHooks } from './configured-hooks.js';
import type { Git, GitCall } from './run.js';

/**
 * The command that receives a push into a local folder. It runs on this machine with the configuration of that repository, so what a repository can
 * make it run is ended: hooks, commands, programs that check signatures, a fetch of missing objects, filters of a working tree.
 */
const LOCAL_RECEIVER = [
  'GIT_NO_LAZY_FETCH=1 git',
  ...[
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'core.alternateRefsCommand=true',
    'receive.certNonceSeed=',
    'receive.denyCurrentBranch=refuse',
    'receive.denyDeleteCurrent=refuse',
    'receive.autogc=false',
  ].map((setting) => `-c ${setting}`),
  'receive-pack',
].join(' ');

/** A push that runs nothing on this machine. The hooks of a server run there: this program has no say in them. */
async function push(git: Git, url: string, args: readonly string[], call: GitCall): Promise<void> {
  const local = url.startsWith('file:');
  if (local) await refuseConfiguredHooks(git, url);
  const receiver = local ? [`--receive-pack=${LOCAL_RECEIVER}`, '--no-signed'] : [];
  await git.run(['push', '--porcelain', '--no-verify', ...receiver, ...args], call);
}

/**
 * Pushes a commit to a branch of the remote, if the branch is still at the commit where it was seen.
 * @param seen that commit, or undefined when the branch did not exist
 * @throws GitError of kind `moved` when the branch has moved since, `protected` when the remote refuses the push
 */
export async function pushBranch(
  git: Git,
  directory: string,
  {
    url,
    branch,
    commit,
    seen,
  }: { readonly url: string; readonly branch: string; readonly commit: string; readonly seen: string | undefined },
  config: GitCall['config'],
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const lease = `--force-with-lease=${ref}:${seen ?? ''}`;
  await push(git, url, [lease, '--', url, `${commit}:${ref}`], { cwd: directory, config });
}

/** Deletes a branch of the remote, if it is still at the commit where it was seen. @throws GitError */
export async function deleteBranch(
  git: Git,
  directory: string,
  { url, branch, seen }: { readonly url: string; readonly branch: string; readonly seen: string },
  config: GitCall['config'],
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const lease = `--force-with-lease=${ref}:${seen}`;
  await push(git, url, [lease, '--', url, `:${ref}`], { cwd: directory, config });
}
