import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { kill, pid as ownPid } from 'node:process';

/** Another run holds the campaign. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Start time of the process in the system's ticks: a later process with the same number has another. Undefined where it is not known. */
  readonly began: string | undefined;
}

/**
 * Lets one run at a time work in a folder. The lock is the file with the highest number. When its process is gone, a run takes over by creating the
 * file with the next number, which only one of several runs can do.
 * @returns releases the lock
 * @throws LockedError
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  for (;;) {
    const last = lockNumbers(folder).at(-1);
    const holder = last === undefined ? undefined : readHolder(join(folder, nameOf(last)));
    if (holder !== undefined && isAlive(holder))
      throw new LockedError(
        `another run works on this campaign: process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}; if that process no longer exists, delete ${join(folder, nameOf(last ?? 0))}`,
      );
    const next = (last ?? 0) + 1;
    if (!create(join(folder, nameOf(next)))) continue;
    for (const old of lockNumbers(folder)) if (old < next) rmSync(join(folder, nameOf(old)), { force: true });
    return () => rmSync(join(folder, nameOf(next)), { force: true });
  }
}

const nameOf = (number: number): string => `lock.${number}`;

function lockNumbers(folder: string): readonly number[] {
  return readdirSync(folder)
    .flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** False when the file exists. It appears with its content, by a link: an empty one would look like that of a dead process. */
function create(file: string): boolean {
  const holder: Holder = { pid: ownPid, host: hostname(), began: beganAt(ownPid) };
  const draft = join(dirname(file), `.lock-${hostname()}-${ownPid}`);
  try {
    writeFileSync(draft, JSON.stringify(holder));
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** A process on another machine counts as alive, since this one can't check. */
function isAlive({ pid, host, began }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return began === undefined || beganAt(pid) === began;
}

/** Field 22 of /proc/PID/stat; undefined on systems without /proc. */
function beganAt(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return undefined;
  }
}
