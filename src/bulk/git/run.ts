import { spawn } from 'node:child_process';
import { gitError, GitError, spawnError } from './errors.js';
import { redact } from './redact.js';

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
