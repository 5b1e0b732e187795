import { GitError } from './errors.js';
import type { Git } from './run.js';

/** Author, committer and time of commits. The same identity and plan give the same commit ids, unless commits are signed. */
export interface Identity {
  /** `Name <address>`. */
  readonly author: string;
  readonly committer: string;
  /** Seconds since 1970. */
  readonly seconds: number;
  /** From `commit.gpgSign` in the user's git configuration. */
  readonly sign: boolean;
}

/** The identity that git is configured with. @param author `Name <address>`, instead of git's @throws GitError when git has none */
export async function readIdentity(git: Git, author: string | undefined, seconds: number): Promise<Identity> {
  const [written, committed, sign] = await Promise.all([
    identOf(git, 'GIT_AUTHOR_IDENT'),
    identOf(git, 'GIT_COMMITTER_IDENT'),
    git.run(['config', '--type=bool', '--default=false', '--get', 'commit.gpgSign']),
  ]);
  return { author: author ?? written, committer: committed, seconds, sign: sign.toString().trim() === 'true' };
}

async function identOf(git: Git, variable: string): Promise<string> {
  try {
    return (await git.run(['var', variable])).toString().replace(/ \d+ [+-]\d{4}\s*$/, '');
  } catch {
    throw new GitError('git does not know who you are: set user.name and user.email', 'other');
  }
}
