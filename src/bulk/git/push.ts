import type { Git, GitCall } from './run.js';

/**
 * Puts a commit on a branch of the remote, if the branch is still where it was seen.
 * @param seen its commit, or undefined when it was not there
 * @throws GitError of kind `moved` when it is elsewhere by now, `protected` when the remote does not want it
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
  await git.run(
    ['push', '--porcelain', '--no-verify', `--force-with-lease=${ref}:${seen ?? ''}`, '--', url, `${commit}:${ref}`],
    {
      cwd: directory,
      config,
    },
  );
}

/** Takes a branch away, if it is still where it was seen. @throws GitError */
export async function deleteBranch(
  git: Git,
  directory: string,
  { url, branch, seen }: { readonly url: string; readonly branch: string; readonly seen: string },
  config: GitCall['config'],
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  await git.run(['push', '--porcelain', '--no-verify', `--force-with-lease=${ref}:${seen}`, '--', url, `:${ref}`], {
    cwd: directory,
    config,
  });
}
