/** The edits that give an image its USER. */
import type { Dockerfile, Edit } from '../../src/dockerfile/types.js';
import { setFlag } from '../../src/edits/instruction-words.js';
import { newInstruction, newRun } from '../../src/edits/new-instruction.js';
import { insertBeforeStart, insertBlock } from '../../src/edits/placement.js';
import { appendCommands } from '../../src/edits/run-append.js';
import type { Refusal } from '../../src/refusal.js';
import type { ChosenAccount } from './account.js';
import type { FinalImage } from './final-image.js';
import type { Ownership } from './ownership.js';
import type { EarlyPlan } from './takeover.js';

/** Instructions that work with the account in force, or may undo a USER before them. */
const WORKS_AS_ROOT = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR', 'VOLUME', 'USER', 'SHELL']);

export interface Plan {
  readonly message: string;
  readonly edits: readonly Edit[];
  /** `unsafe` where something is not known that may stop the application. */
  readonly level: 'unsafe' | undefined;
}

/** The account takes over before the application's own steps. */
export function earlyEdits(image: FinalImage, account: ChosenAccount, plan: EarlyPlan): Plan {
  const { dockerfile, stage } = image;
  const commands = account.shell ? [...account.commands, ...giveCommands(account, plan)] : [];
  const run = commands.length === 0 ? [] : [newRun(dockerfile, commands)];
  const user = [newInstruction(dockerfile, 'USER', account.user)];
  const together = plan.preparedBefore === plan.userBefore;
  return {
    message: messageFor(account),
    edits: [
      ...plan.copies.map((instruction) => setFlag(instruction, 'chown', account.owner)),
      ...(together || run.length === 0 ? [] : [insertBlock(dockerfile, stage, run, plan.preparedBefore)]),
      insertBlock(dockerfile, stage, together ? [...run, user] : [user], plan.userBefore),
    ],
    level: undefined,
  };
}

function giveCommands({ owner }: ChosenAccount, { directories, missing }: EarlyPlan): readonly string[] {
  return [
    ...(missing.length > 0 ? [`mkdir -p ${missing.join(' ')}`] : []),
    ...(directories.length > 0 ? [`chown ${owner} ${directories.join(' ')}`] : []),
  ];
}

/** The account takes over last, after all was made as root: what the application needs of that can only be guessed. */
export function lateEdits(
  image: FinalImage,
  account: ChosenAccount,
  ownership: Ownership,
  { code, reason }: Refusal,
): Plan {
  const { dockerfile } = image;
  const commands = [...account.commands, ...(account.shell ? chownCommands(account, ownership) : [])];
  const run = commands.length === 0 ? [] : [newRun(dockerfile, commands)];
  const user = [newInstruction(dockerfile, 'USER', account.user)];
  const copies = ownership.copies.map((instruction) => setFlag(instruction, 'chown', account.owner));
  return {
    message: `${messageFor(account)}; not proven: ${reason}${KEPT.has(code) ? repairOf(account) : ''}`,
    edits: [
      ...copies,
      ...treeEdit(dockerfile, account, ownership),
      insertBeforeStart(dockerfile, image.stage, [...run, user], WORKS_AS_ROOT),
    ],
    level: 'unsafe',
  };
}

/** Reasons that speak of files which an older image has left in a volume. */
const KEPT: ReadonlySet<string> = new Set(['keeps-data', 'volume']);

function repairOf({ owner }: ChosenAccount): string {
  return `, until root runs \`chown -R ${owner}\` in it`;
}

function chownCommands({ owner }: ChosenAccount, { directories, tree, within, missing }: Ownership): readonly string[] {
  return [
    ...(missing.length > 0 ? [`mkdir -p ${missing.join(' ')}`] : []),
    ...(tree !== undefined && within === undefined ? [`chown -R ${owner} ${tree}`] : []),
    ...(directories.length > 0 ? [`chown ${owner} ${directories.join(' ')}`] : []),
  ];
}

/** The tree is given away by the RUN that fills it. */
function treeEdit(dockerfile: Dockerfile, { owner }: ChosenAccount, { tree, within }: Ownership): readonly Edit[] {
  return tree === undefined || within === undefined
    ? []
    : [appendCommands(dockerfile, within, [`chown -R ${owner} ${tree}`])];
}

function messageFor({ described, user }: ChosenAccount): string {
  return `Run as ${described}${/^\d/.test(user) ? ` (${user})` : ''} instead of root`;
}
