import { GitError, type Git } from './run.js';

/** Who commits, and when. With the same identity and plan, and without a signature, a commit comes out with the same id. */
export interface Identity {
  /** `Name <address>`. */
  readonly author: string;
  readonly committer: string;
  /** Seconds since 1970. */
  readonly seconds: number;
  /** By `commit.gpgSign` of the user's git. */
  readonly sign: boolean;
}

/** Who git says is at work. @throws GitError when git does not know */
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
