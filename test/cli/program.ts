import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** A Dockerfile that a safe transform changes, whatever the build context. */
export const BEFORE = 'FROM alpine:3.20\nADD app.txt /srv/\nCMD ["cat", "/srv/app.txt"]\n';
export const AFTER = BEFORE.replace('ADD', 'COPY');
export const ONLY = ['--only', 'copy-instead-of-add'];

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built program. */
export function dockmod(
  cwd: string,
  args: readonly string[],
  input: string | Buffer = '',
  env: NodeJS.ProcessEnv = {},
): Ran {
  const inherited = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined };
  const options = { cwd, input, env: { ...inherited, ...env }, encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], options);
  return { code: status, out: stdout, err: stderr };
}

/** A new folder with these files. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-test-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

export const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');
