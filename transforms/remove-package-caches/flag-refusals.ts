import { instructionsAfter, stagesUpTo } from '../../src/dockerfile/stages.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { packageAction, type PackageAction } from '../../src/commands/packages.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { commandsOfRun } from '../../src/shell/run.js';
import type { Around } from './cleanup-tools.js';
import type { Users } from './later-installs.js';
import { removedStrictly } from './later-removals.js';

/** Names in a reference that say of a release that its package of pip is 6 or newer, the first that knows --no-cache-dir. */
const NEWER_PIP =
  /^(?:debian|ubuntu)(?::(?:latest|rolling|stable|unstable|sid|testing|devel))?(?:-slim)?$|(?:^|[:/._-])(?:debian[:-]?(?:9|[1-9]\d)|ubuntu[:-]?(?:1[6-9]|[2-9]\d)\.?\d\d|python3\.(?:[5-9]|\d\d))(?![\d])|(?:^|[:/._-])(?:stretch|buster|bullseye|bookworm|trixie|forky|xenial|yakkety|zesty|artful|bionic|focal|jammy|noble|resolute)(?:$|[._-])/;
/** Releases whose apk does not know --no-cache. */
const OLD_APK = /(?:^|:)(?=[^:]*alpine)[^:]*:(?:2|3\.[0-2])(?:\.|$|-)|alpine3\.[0-2](?:\D|$)/;
const ASKS_APK = /^(?:search|policy|list|version|dot|info|fetch)$/;

/** Why an installer is not told to leave its cache empty. */
export function refuseFlag(users: Users, cache: string, { instruction, commands }: Around): Refusal | undefined {
  const strict = removedStrictly(users.dockerfile, instruction, cache);
  if (strict !== undefined) return strict;
  const { dockerfile, image } = users;
  const stage = dockerfile.stages[instruction.stageIndex];
  if (stage === undefined) return undefined;
  const base = image.rootReference(stage) ?? stagesUpTo(stage)[0]?.from.image ?? '';
  if (cache === 'pip' && !NEWER_PIP.test(base) && packagedPip(users, instruction, commands.map(packageAction)))
    return refuse('option-unknown', `whether the pip of the distribution of ${base} knows --no-cache-dir is not known`);
  if (cache !== 'apk') return undefined;
  if (OLD_APK.test(base)) return refuse('option-unknown', `the apk of ${base} does not know --no-cache`);
  const later = [instruction, ...instructionsAfter(dockerfile, instruction)];
  const asks = later.find((one) => actionsOf(users, one).some(asksIndex));
  return asks && refuse('needed-later', `the RUN on line ${asks.startLine} looks into the index`);
}

/** pip comes with the distribution, and nothing has brought a newer one. */
function packagedPip(
  users: Users,
  { start, stageIndex }: Instruction,
  own: readonly (PackageAction | undefined)[],
): boolean {
  const stage = users.dockerfile.stages[stageIndex];
  const before = stagesUpTo(stage).flatMap(({ instructions }) => instructions.filter((one) => one.start < start));
  const earlier = before.flatMap((one) => actionsOf(users, one));
  const packaged = [...earlier, ...own.flatMap((one) => one ?? [])].some((one) =>
    installs(one, 'apt', /^python\d?-pip/),
  );
  return packaged && !earlier.some((one) => installs(one, 'pip', /^pip(?:$|[=>])/));
}

function installs({ manager, kind, operands }: PackageAction, by: string, name: RegExp): boolean {
  return manager === by && kind === 'install' && operands.some(({ text }) => name.test(text));
}

function actionsOf({ dockerfile }: Users, instruction: Instruction): readonly PackageAction[] {
  const commands = commandsOfRun(dockerfile, instruction.trigger ?? instruction);
  return commands.flatMap((command) => packageAction(command) ?? []);
}

function asksIndex({ manager, subcommand }: PackageAction): boolean {
  return manager === 'apk' && ASKS_APK.test(subcommand?.text ?? '');
}
