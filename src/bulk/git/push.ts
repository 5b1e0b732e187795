import type { Git, GitCall } from './run.js';

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
  await git.run(
    ['push', '--porcelain', '--no-verify', `--force-with-lease=${ref}:${seen ?? ''}`, '--', url, `${commit}:${ref}`],
    {
      cwd: directory,
      config,
    },
  );
}

/** Deletes a branch of the remote, if it is still at the commit where it was seen. @throws GitError */
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
