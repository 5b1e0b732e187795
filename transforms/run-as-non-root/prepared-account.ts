import { readArguments, valueOf } from '../../src/commands/arguments.js';
import { programOf } from '../../src/commands/program.js';
import type { BaseImage } from '../../src/facts/images/types.js';
import { copiesIn } from './copied-files.js';
import { runCommands } from './installed-programs.js';
import type { FinalImage } from './final-image.js';

/**
 * The account for which the Dockerfile prepares files, by `--chown` or a `chown` command: `nobody`, `1001:0`. Several
 * accounts are given as they are; root alone counts too.
 */
export function preparedOwners(image: FinalImage): readonly string[] {
  const flags = copiesIn(image).flatMap(({ owner }) => owner ?? []);
  const commands = runCommands(image)
    .flatMap((command) => programOf(command) ?? [])
    .filter(({ name }) => name === 'chown')
    .flatMap(({ args, row }) => readArguments(args.map(valueOf), row).operands[0] ?? []);
  return [...new Set([...flags, ...commands])];
}

/** `nobody` has these numbers wherever it exists. */
const NOBODY = '65534:65534';

/** The owner as USER takes it, in numbers where they are known. */
export function ownerInNumbers(owner: string, base: BaseImage): string | undefined {
  const [name = '', group] = owner.split(/[:.]/);
  if (/^\d+$/.test(name)) return group === undefined || /^\d+$/.test(group) ? owner.replace('.', ':') : undefined;
  if (name === 'nobody') return base.packageManager === 'apt' || base.packageManager === 'apk' ? NOBODY : undefined;
  const { account } = base;
  return account?.name === name && account.uid !== undefined
    ? `${account.uid}:${account.gid ?? account.uid}`
    : undefined;
}
