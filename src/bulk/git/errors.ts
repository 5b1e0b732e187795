/** Why a git command failed. `network`: trying again may help. */
export type GitFailure =
  | 'network'
  | 'denied'
  | 'not-found'
  | 'protected'
  | 'moved'
  | 'redirected'
  | 'malformed'
  | 'disk'
  | 'timeout'
  | 'missing'
  | 'other';

export class GitError extends Error {
  override readonly name = 'GitError';
  constructor(
    message: string,
    readonly kind: GitFailure,
    /** For `redirected`, where the server's answer leads, when git was told to show it. */
    readonly location?: string,
  ) {
    super(message);
  }
}

export function spawnError(error: NodeJS.ErrnoException): GitError {
  return error.code === 'ENOENT'
    ? new GitError('git is not installed, or not on the PATH', 'missing')
    : new GitError(error.message, error.name === 'AbortError' ? 'timeout' : 'other');
}

/** The first pattern that matches git's output decides. */
const FAILURES: readonly (readonly [RegExp, GitFailure])[] = [
  [/No space left on device|disk quota exceeded|Out of diskspace/i, 'disk'],
  [/protected branch|GH006|pre-receive hook declined|not allowed to (?:force )?push|denyCurrentBranch/i, 'protected'],
  [/stale info|\[rejected\]|non-fast-forward|reference already exists|failed to update ref/i, 'moved'],
  [
    /Authentication failed|could not read (?:Username|Password)|HTTP 40[13]|error: 40[13]|Permission denied|access denied/i,
    'denied',
  ],
  [/error: 30[12378]\b/, 'redirected'],
  [/not found|does not appear to be a git repository|does not exist|error: 404|dubious ownership/i, 'not-found'],
  [
    /Could not resolve host|Empty reply from server|unable to access|Connection (?:refused|reset|timed out)|early EOF|hung up unexpectedly|RPC failed|timed out|error: (?:429|5\d\d)|unexpected disconnect|SSL|TLS|Operation too slow/i,
    'network',
  ],
];

/** @param output of the failed command @param code its exit code; null when a signal ended it */
export function gitError(output: string, code: number | null): GitError {
  const kind = FAILURES.find(([pattern]) => pattern.test(output))?.[1] ?? 'other';
  if (kind === 'disk') return new GitError('there is no space left on the disk', kind);
  const location = kind === 'redirected' ? /Recv header: location: (\S+)/i.exec(output)?.[1] : undefined;
  return new GitError(messageIn(output) ?? `git ended with exit code ${String(code)}`, kind, location);
}

/** The line that names the cause: the server's `remote:`, else git's own `fatal:` or `error:`, else the last one. */
function messageIn(output: string): string | undefined {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const said = lines.find((line) => /^(?:fatal|error): (?!failed to push|could not read from remote)/i.test(line));
  const remote =
    lines.find((line) => /^remote: (?:error|fatal|GH\d+)/i.test(line)) ?? lines.find((line) => /^!/.test(line));
  return (remote ?? said ?? lines.at(-1))?.replace(/^(?:remote: )?(?:fatal|error): /i, '').slice(0, 300);
}
