import { usesIn } from '../../src/commands/apt/script.js';
import type { Scene } from '../../src/commands/apt/scene.js';
import { isIn } from '../../src/commands/catalogue/index.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { packageAction } from '../../src/commands/packages.js';
import { programOf } from '../../src/commands/program.js';
import { followsSuccess, memberOf, type Member } from '../../src/shell/command-list.js';
import type { Command, Script } from '../../src/shell/types.js';

/**
 * The last member of an `&&` list that works with the apt lists: beside it a reader expects that they go. Undefined where other cleanups
 * end the RUN, where nothing else follows, and where what follows may work with them too.
 */
export function lastAptMember(script: Script, scene: Scene): Member | undefined {
  const uses = usesIn(script, scene);
  const isApt = (command: Command): boolean => packageAction(command)?.manager === 'apt';
  const last = script.commands.findLast((command) => uses.has(command) || isApt(command));
  const member = last && isApt(last) ? memberOf(script, last) : undefined;
  if (member === undefined || !followsSuccess(member) || member.list.background) return undefined;
  if (member.list.operators[member.index] !== '&&') return undefined;
  const rest = script.commands.filter(({ start }) => start >= member.end);
  const [final] = rest.slice(-1);
  if (final === undefined || takesAway(final) || rest.some(setsUpPackages)) return undefined;
  return member;
}

/** Such as `add-apt-repository`, which updates the lists in newer releases. */
function setsUpPackages(command: Command): boolean {
  return isIn(programOf(command)?.row, 'package-setup');
}

function takesAway(command: Command): boolean {
  return /^(?:rm|rmdir)$/.test(programOf(command)?.name ?? '') || cachesEmptied(command).length > 0;
}
