import { instructionsAfter, stagesUpTo } from '../../src/dockerfile/stages.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { packageAction, type PackageAction } from '../../src/commands/packages.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { commandsOfRun } from '../../src/shell/run.js';
import type { Around } from './cleanup-tools.js';
import type { Users } from './later-installs.js';
import { removedStrictly } from './later-removals.js';

/** Releases whose package of pip is older than 6, the first that knows --no-cache-dir. */
const OLD_PIP =
  /(?:^|:)(?=[^:]*(?:debian|ubuntu|buildpack-deps))[^:]*:(?=[\w.-]*(?:jessie|wheezy|squeeze|trusty|precise|lucid))|debian:[67]\b|debian:8\b|ubuntu:1[0-4]\.|ubuntu-?1[0-4]\.04|trusty|jessie|phusion\/baseimage:0\.9\.(?:1[0-8]|\d)\b/;
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
  if (cache === 'pip' && OLD_PIP.test(base) && packagedPip(users, instruction, commands.map(packageAction)))
    return refuse('option-unknown', `the pip of ${base} does not know --no-cache-dir`);
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
  const actions = [...before.flatMap((one) => actionsOf(users, one)), ...own.flatMap((one) => one ?? [])];
  return actions.some(
    ({ manager, kind, operands }) =>
      manager === 'apt' && kind === 'install' && operands.some(({ text }) => /^python\d?-pip/.test(text)),
  );
}

function actionsOf({ dockerfile }: Users, instruction: Instruction): readonly PackageAction[] {
  const commands = commandsOfRun(dockerfile, instruction.trigger ?? instruction);
  return commands.flatMap((command) => packageAction(command) ?? []);
}

function asksIndex({ manager, subcommand }: PackageAction): boolean {
  return manager === 'apk' && ASKS_APK.test(subcommand?.text ?? '');
}
