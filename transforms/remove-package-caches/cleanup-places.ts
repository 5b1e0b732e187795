import type { Edit } from '../../src/dockerfile/types.js';
import { appendCommands, openRun } from '../../src/edits/run-append.js';
import { insertCommand, insertLineAfter } from '../../src/edits/run-members.js';
import { sceneAt } from '../../src/image/scene.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { followsSuccess, memberOf } from '../../src/shell/command-list.js';
import type { Command } from '../../src/shell/types.js';
import { lastAptMember } from './beside-install.js';
import type { Around } from './cleanup-tools.js';
import type { Users } from './later-installs.js';

/** A command that empties a cache, and where it goes. */
export interface Cleanup {
  readonly command: string;
  /** The package manager whose cache it is. */
  readonly tool: string;
  /** The command that takes away what the cleanup runs; undefined: it goes to the end. */
  readonly before: Command | undefined;
}

/** The edits that add cleanups to a RUN: at its end, before the program goes that they need, or in a long one beside the install. */
export function placeCleanups(
  { dockerfile, image, context }: Users,
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
  const scene = instruction.startLine < instruction.endLine ? sceneAt(image, context, instruction) : undefined;
  const apt = open.run.form === 'shell' && scene !== undefined ? lastAptMember(open.run.script, scene) : undefined;
  const last: string[] = [];
  for (const { command, before, tool } of cleanups) {
    if (before !== undefined) continue;
    const beside =
      tool === 'apt' && apt !== undefined
        ? insertLineAfter(dockerfile, instruction, open.run, apt, command)
        : undefined;
    if (beside === undefined) last.push(command);
    else edits.push(beside);
  }
  return last.length === 0 ? edits : [...edits, appendCommands(dockerfile, open, last)];
}
