import { spawn, spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { platform } from 'node:os';
import { text } from 'node:stream/consumers';
import { FileError } from './errors.js';

/**
 * Which of these files have extended attributes or an access control list. Node.js can't ask the system, so GNU tar is asked, once for all of
 * them: its list marks them, and what goes to /dev/null is not read. Where there is no GNU tar, none is known. What SELinux keeps in an attribute
 * is left out: a new file gets it by the system's rules.
 * @param paths absolute; of links, their targets count
 */
export async function filesWithAttributes(paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (platform() !== 'linux' || paths.length === 0) return new Set();
  // Without reading a file, tar does not follow a link to it.
  const targets = new Map(paths.map((path) => [path, targetOf(path)]));
  const child = spawn('tar', LIST, { stdio: ['pipe', 'pipe', 'ignore'] });
  const failed = new Promise<string>((resolve) => child.on('error', () => resolve('')));
  child.stdin.on('error', () => undefined);
  child.stdin.end([...targets.values()].map((path) => `${path}\0`).join(''));
  const lines = (await Promise.race([text(child.stdout), failed])).split('\n');
  const marked = new Set(lines.flatMap((line) => MARKED.exec(line)?.[1] ?? []));
  return new Set(paths.filter((path) => marked.has(targets.get(path) ?? path)));
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const LIST = [
  ...['--create', '--file=/dev/null', '--verbose', '--verbose', '--numeric-owner', '--quoting-style=literal'],
  ...['--absolute-names', '--hard-dereference', '--no-recursion', '--null', '--verbatim-files-from'],
  ...['--acls', '--xattrs', '--xattrs-include=*', '--xattrs-exclude=security.selinux', '--files-from=-'],
];

/** `-rw-r--r--* 0/0   123 2026-01-31 23:59 /path`: `*` for extended attributes, `+` for a list. */
const MARKED = /^-[^ ]{9}[*+] +\S+ +\d+ \S+ \S+ (.+)$/;

/** Gives a file the extended attributes, access control list, mode and owner of another. @throws FileError when it can't */
export function copyAttributes(from: string, to: string): void {
  const { status, stderr, error } = spawnSync(
    'cp',
    ['--attributes-only', '--preserve=mode,ownership,xattr', '--', from, to],
    { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim().split('\n')[0] ?? '';
  throw new FileError(`not written: its extended attributes can't be kept: ${reason}`, 'write');
}
