import { spawn } from 'node:child_process';
import { GitError } from './errors.js';
import type { Git } from './run.js';

export interface GitObject {
  readonly id: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly content: Buffer;
}

/** Objects of one repository, read by one git process that stays open. */
export interface Objects {
  /**
   * @param name an object id, or anything that git resolves (`HEAD`)
   * @returns undefined when it is missing: a blob that the filter left out, a branch without commits
   * @throws GitError when the git process has ended
   */
  read(name: string): Promise<GitObject | undefined>;
  close(): Promise<void>;
}

const HEADER = /^(\w+) (blob|tree|commit|tag) (\d+)$/;

export function openObjects(git: Git, directory: string): Objects {
  const { args, env } = git.command();
  const child = spawn('git', [...args, 'cat-file', '--batch'], {
    cwd: directory,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting: { resolve: (object: GitObject | undefined) => void; reject: (error: Error) => void }[] = [];
  const parse = answerParser((object) => waiting.shift()?.resolve(object));
  let failure: Error | undefined;
  const ended = new Promise<void>((resolve) => {
    const fail = (error: Error): void => {
      failure = error;
      for (const { reject } of waiting.splice(0)) reject(error);
      resolve();
    };
    child.on('error', () => fail(new GitError('git could not be started', 'missing')));
    child.on('close', () => fail(new GitError('git stopped reading the repository', 'other')));
  });
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', parse);
  return {
    read: (name) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        waiting.push({ resolve, reject });
        child.stdin.write(`${name}\n`);
      }),
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Splits the output of `git cat-file --batch` into answers: a header line, the number of bytes that it states, and a newline. */
function answerParser(answer: (object: GitObject | undefined) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let length = 0;
  let wanted = 0;
  return (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length < wanted) return;
    let bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    for (;;) {
      const newline = bytes.indexOf(0x0a);
      if (newline === -1) break;
      const [, id = '', type = '', size] = HEADER.exec(bytes.toString('latin1', 0, newline)) ?? [];
      const end = size === undefined ? newline + 1 : newline + 1 + Number(size) + 1;
      wanted = end;
      if (bytes.length < end) break;
      answer(
        size === undefined
          ? undefined
          : { id, type: type as GitObject['type'], content: bytes.subarray(newline + 1, end - 1) },
      );
      bytes = bytes.subarray(end);
      wanted = 0;
    }
    chunks = [bytes];
    length = bytes.length;
  };
}
