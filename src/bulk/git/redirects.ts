import { GitError } from './errors.js';
import type { Git, GitCall } from './run.js';

const MAX_REDIRECTS = 5;
/** git writes the headers of answers to standard error, without credentials. */
const TRACE = { GIT_TRACE_CURL: '1', GIT_TRACE_CURL_NO_DATA: '1', GIT_TRACE_REDACT: '1' };
const REFS = '/info/refs';

/**
 * Follows a redirect to another path of the same host, as forges answer for a repository that was renamed. git itself is told to follow none when it
 * has credentials to send, since it would send them to any host.
 */
export function followRenames(git: Git): Git {
  return {
    command: (call) => git.command(call),
    async run(args, call = {}) {
      try {
        return await git.run(args, call);
      } catch (error) {
        const from = error instanceof GitError && error.kind === 'redirected' ? urlIn(error.message) : undefined;
        if (from === undefined) throw error;
        const to = await newAddress(git, from, call);
        return git.run(args, withConfig(call, [...unfollowed(to), [`url.${to}.insteadOf`, from]]));
      }
    },
  };
}

/** Where a repository is now. @throws GitError when that is another host */
async function newAddress(git: Git, from: string, call: GitCall): Promise<string> {
  let url = from;
  for (let hops = 0; hops < MAX_REDIRECTS; hops++)
    try {
      await git.run(['ls-remote', '--quiet', '--', url, 'HEAD'], {
        ...withConfig(call, unfollowed(url)),
        env: { ...call.env, ...TRACE },
      });
      return url;
    } catch (error) {
      if (!(error instanceof GitError) || error.location === undefined) throw error;
      url = redirected(url, error.location);
    }
  throw new GitError(`${from} redirects too often`, 'redirected');
}

function redirected(from: string, location: string): string {
  const target = new URL(location, `${from}${REFS}`);
  const moved = target.pathname.endsWith(REFS);
  if (moved && target.origin === new URL(from).origin)
    return `${target.origin}${target.pathname.slice(0, -REFS.length)}`;
  throw new GitError(
    `${from} redirects to ${target.origin}${target.pathname.replace(REFS, '')}: credentials are not sent there; name the new address in the campaign`,
    'redirected',
  );
}

function urlIn(message: string): string | undefined {
  return /unable to access '(.+?)\/?'/.exec(message)?.[1];
}

function withConfig(call: GitCall, more: NonNullable<GitCall['config']>): GitCall {
  return { ...call, config: [...(call.config ?? []), ...more] };
}

const unfollowed = (url: string): NonNullable<GitCall['config']> => [[`http.${url}.followRedirects`, 'false']];
