/** An account that the Dockerfile itself makes. */
import { optionValue, readArguments, valueOf } from '../../src/commands/arguments.js';
import { programOf } from '../../src/commands/program.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Command } from '../../src/shell/types.js';
import { both, type AccountStyle, type ChosenAccount } from './account.js';
import type { FinalImage } from './final-image.js';

/** An account that the Dockerfile makes and never uses. */
export function madeAccount(commands: readonly Command[], style: AccountStyle): ChosenAccount | Refusal | undefined {
  const programs = commands.flatMap((command) => programOf(command) ?? []);
  const [program, another] = programs.filter(({ row }) => row?.creates === 'account');
  if (program === undefined)
    return programs.some(({ row }) => row?.creates === 'group')
      ? refuse(
          'accounts-unclear',
          'the Dockerfile makes a group of its own: which account the application should get is not clear',
        )
      : undefined;
  const given = readArguments(program.args.map(valueOf), program.row);
  const [name] = given.operands;
  if (another !== undefined || name === undefined || !/^[a-z_][\w-]*$/.test(name))
    return refuse(
      'accounts-unclear',
      'the Dockerfile makes accounts of its own: which one the application should get is not clear',
    );
  const uid = number(optionValue(given, '-u', '--uid'));
  const gid = number(optionValue(given, '-g', '--gid'));
  const group = optionValue(given, '-g', '--gid', '-G', '--ingroup') ?? name;
  const names =
    style === 'name' || uid === undefined
      ? { user: name, owner: `${name}:${group}` }
      : both(gid === undefined ? uid : `${uid}:${gid}`);
  return { ...names, described: `the account \`${name}\` that the Dockerfile makes`, commands: [], shell: true };
}

function number(value: string | undefined): string | undefined {
  return value !== undefined && /^\d+$/.test(value) ? value : undefined;
}

/** `--chown` would name an account that a later RUN makes: the builder then takes root, or fails. */
export function isMadeAfter(
  { stages }: FinalImage,
  { owner }: ChosenAccount,
  [first]: readonly Instruction[],
): boolean {
  if (first === undefined || /^\d/.test(owner)) return false;
  const steps = stages[first.stageIndex]?.steps ?? [];
  return steps.some(
    ({ instruction, script }) =>
      instruction.index > first.index &&
      script?.commands.some((command) => programOf(command)?.row?.creates === 'account') === true,
  );
}
