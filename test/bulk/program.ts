import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readJournal } from '../../src/bulk/journal/journal.js';
import { statusesOf } from '../../src/bulk/journal/repository-status.js';
import type { RepositoryStatus } from '../../src/bulk/journal/types.js';
import { gitEnv } from '../support/repositories.js';

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function startDockmod(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...gitEnv(folder), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the built program to its end. */
export async function dockmod(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const child = startDockmod(folder, args, env);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, err };
}

export function writeCampaign(folder: string, lines: readonly string[], name = 'test'): void {
  writeFileSync(join(folder, 'campaign.yaml'), [`name: ${name}`, ...lines, ''].join('\n'));
}

/** The status of each repository, from the journal of the campaign. */
export function statuses(folder: string, name = 'test'): ReadonlyMap<string, RepositoryStatus> {
  return statusesOf(readJournal(join(folder, `${name}.dockmod`, 'journal.jsonl')));
}

export const UNPINNED = 'FROM debian\nRUN apt-get update\nRUN apt-get install -y curl\nCMD ["curl"]\n';
