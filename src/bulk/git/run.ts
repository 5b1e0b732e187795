import { spawn } from 'node:child_process';
import { redact } from './redact.js';

/** Why a git command failed. `network`: trying again may help. */
export type GitFailure =
  'network' | 'denied' | 'not-found' | 'protected' | 'moved' | 'disk' | 'timeout' | 'missing' | 'other';

export class GitError extends Error {
  override readonly name = 'GitError';
  constructor(
    message: string,
    readonly kind: GitFailure,
  ) {
    super(message);
  }
}

export interface GitOptions {
  /** What git inherits: PATH, HOME, proxies, the ssh agent. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Removed from all messages. */
  readonly secrets?: readonly string[];
  /** Limit for one command; default: ten minutes. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface GitCall {
  readonly cwd?: string;
  readonly input?: string | Buffer;
  /** Configuration for this command, passed in the environment, so no process list shows it. */
  readonly config?: readonly (readonly [key: string, value: string])[] | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

/** The git program, configured so that repositories of others are safe to read. */
export interface Git {
  /** @returns standard output @throws GitError */
  run(args: readonly string[], call?: GitCall): Promise<Buffer>;
  /** Arguments and environment for a git process that the caller starts. */
  command(call?: GitCall): { readonly args: readonly string[]; readonly env: Record<string, string> };
}

/** Variables that git sets when dockmod runs in a hook (`git rev-parse --local-env-vars`): they would point to another repository. */
const INHERITED =
  /^GIT_(?:ALTERNATE_OBJECT_DIRECTORIES|CONFIG|CONFIG_PARAMETERS|CONFIG_COUNT|CONFIG_(?:KEY|VALUE)_\d+|OBJECT_DIRECTORY|DIR|WORK_TREE|IMPLICIT_WORK_TREE|GRAFT_FILE|INDEX_FILE|NO_REPLACE_OBJECTS|REPLACE_REF_BASE|PREFIX|SHALLOW_FILE|COMMON_DIR|INTERNAL_SUPER_PREFIX|QUARANTINE_PATH|NAMESPACE)$/;

/**
 * Nothing in a repository is run: no hooks, no file system monitor, no remote helpers such as `ext::`, no submodules. There is never a working
 * tree, so no filter (LFS) runs either. git never prompts for a password.
 */
const CONFIG: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['push.followTags', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
];

const TEN_MINUTES = 600_000;

export function openGit(options: GitOptions): Git {
  const { timeoutMs = TEN_MINUTES, secrets = [], signal } = options;
  const command: Git['command'] = (call = {}) => ({ args: ['--no-pager'], env: environment(options.env, call) });
  return {
    command,
    run(args, call = {}) {
      const { args: first, env } = command(call);
      return new Promise((resolve, reject) => {
        const limit = AbortSignal.timeout(timeoutMs);
        const child = spawn('git', [...first, ...args], {
          cwd: call.cwd,
          env,
          stdio: ['pipe', 'pipe', 'pipe'],
          signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
        });
        const out: Buffer[] = [];
        let err = '';
        child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
        child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err = (err + chunk).slice(-20_000)));
        child.stdin.on('error', () => undefined).end(call.input ?? '');
        child.on('error', (error) =>
          reject(limit.aborted ? new GitError('git did not answer in time', 'timeout') : spawnError(error)),
        );
        child.on('close', (code) => {
          if (code === 0) resolve(Buffer.concat(out));
          else reject(gitError(redact(err + Buffer.concat(out).toString(), secrets), code));
        });
      });
    },
  };
}

function environment(env: GitOptions['env'], call: GitCall): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || INHERITED.test(name) ? [] : [[name, value] as const],
  );
  const config = [...CONFIG, ...(call.config ?? [])];
  const settings = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return {
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
    ...Object.fromEntries(kept),
    ...Object.fromEntries(settings),
    GIT_CONFIG_COUNT: String(config.length),
    GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_LFS_SKIP_SMUDGE: '1',
    LC_ALL: 'C',
    ...call.env,
  };
}

function spawnError(error: NodeJS.ErrnoException): GitError {
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
  [/not found|does not appear to be a git repository|does not exist|error: 404|dubious ownership/i, 'not-found'],
  [
    /Could not resolve host|Empty reply from server|unable to access|Connection (?:refused|reset|timed out)|early EOF|hung up unexpectedly|RPC failed|timed out|error: (?:429|5\d\d)|unexpected disconnect|SSL|TLS|Operation too slow/i,
    'network',
  ],
];

function gitError(output: string, code: number | null): GitError {
  const kind = FAILURES.find(([pattern]) => pattern.test(output))?.[1] ?? 'other';
  if (kind === 'disk') return new GitError('there is no space left on the disk', kind);
  return new GitError(messageIn(output) ?? `git ended with exit code ${String(code)}`, kind);
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
