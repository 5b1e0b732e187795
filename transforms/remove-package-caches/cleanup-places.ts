import type { Dockerfile, Edit } from '../../src/dockerfile/types.js';
import { appendCommands, openRun } from '../../src/edits/run-append.js';
import { insertCommand } from '../../src/edits/run-members.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { followsSuccess, memberOf } from '../../src/shell/command-list.js';
import type { Command } from '../../src/shell/types.js';
import type { Around } from './cleanup-tools.js';

/** A command that empties a cache, and where it goes. */
export interface Cleanup {
  readonly command: string;
  /** The package manager whose cache it is. */
  readonly tool: string;
  /** The command that takes away what the cleanup runs; undefined: it goes to the end. */
  readonly before: Command | undefined;
}

/** The edits that add cleanups to a RUN: at its end, or before the program goes that they need. */
export function placeCleanups(
  dockerfile: Dockerfile,
  { instruction, config }: Around,
  cleanups: readonly Cleanup[],
): readonly Edit[] | Refusal {
  const open = openRun(dockerfile, instruction, config);
  if (isRefusal(open)) return open;
  const edits: Edit[] = [];
  for (const { command, before } of cleanups) {
    if (before === undefined) continue;
    const member = memberOf(open.run.script, before);
    if (!before.topLevel || member === undefined || !followsSuccess(member) || member.list.background)
      return refuse('program-removed', 'it takes away the program that would empty the cache, and not in a plain list');
    edits.push(insertCommand(dockerfile, instruction, open.run, member, command));
  }
  const last = cleanups.filter(({ before }) => before === undefined).map(({ command }) => command);
  return last.length === 0 ? edits : [...edits, appendCommands(dockerfile, open, last)];
}
