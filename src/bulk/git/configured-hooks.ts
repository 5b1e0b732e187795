import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GitError } from './errors.js';
import type { Git } from './run.js';

/**
 * Refuses a local repository whose own configuration has hooks (`hook.<name>.command`, git 2.54). `core.hooksPath` does not end those, and there is no
 * one setting that does.
 * @throws GitError of kind `protected`
 */
export async function refuseConfiguredHooks(git: Git, url: string): Promise<void> {
  const path = fileURLToPath(url);
  const cwd = [path, `${path}.git`].find((folder) => existsSync(folder));
  if (cwd === undefined) return;
  const name = (await configuredHooks(git, cwd)).at(0);
  if (name === undefined) return;
  throw new GitError(
    `its git configuration runs a hook (${name}), which dockmod can't end: push through a server`,
    'protected',
  );
}

async function configuredHooks(git: Git, cwd: string): Promise<readonly string[]> {
  try {
    const args = [
      'config',
      '--null',
      '--show-scope',
      '--includes',
      '--name-only',
      '--get-regexp',
      '^hook\\..*\\.command$',
    ];
    const fields = (await git.run(args, { cwd })).toString().split('\0');
    return fields.filter((_, index) => index % 2 === 1 && OWN.has(fields[index - 1] ?? ''));
  } catch (error) {
    // git ends with 1 when nothing matches. What else is wrong with the repository, the push says.
    if (error instanceof GitError) return [];
    throw error;
  }
}

/** Hooks in the configuration of the user or the machine are theirs. */
const OWN: ReadonlySet<string> = new Set(['local', 'worktree']);
