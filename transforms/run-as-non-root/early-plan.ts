/**
 * The account takes over before the application's own steps: its directories are given to it while they are empty, what is
 * copied belongs to it, and installs and builds run as it. A wrong guess then fails in the build, not in the running container.
 */
import { isCopy } from '../../src/dockerfile/copy.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { isWithin } from '../../src/paths.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import type { ChosenAccount } from './account.js';
import { isMadeAfter } from './made-account.js';
import { bringsTree } from './application-directory.js';
import { copiedFiles } from './copied-files.js';
import type { FinalImage } from './final-image.js';
import { madeDirectories } from './made-directories.js';
import { applicationDirectories, unclearFolder } from './directories.js';
import { lacksEvidence, writesElsewhere } from './evidence.js';
import { isAround, place, type EarlyPlan } from './takeover.js';
import { sourcesOf } from './sources.js';
import { runtimeOf } from './runtimes.js';
import { sourcesNeedRoot } from './source-commands.js';
import { writesUnproven } from './source-writes.js';
import type { Start } from './start.js';
import { rightsOf, type Rights } from './step-rights.js';

export function planEarly(image: FinalImage, start: Start, account: ChosenAccount): EarlyPlan | Refusal {
  const { stage, instructions } = image;
  const own = instructions.filter(({ stageIndex }) => stageIndex === stage.index);
  if (own.length < instructions.length) return refuse('several-stages', 'it is built FROM another stage of the file');
  const unproven = lacksEvidence(image, start);
  if (unproven !== undefined) return unproven;
  const { writer } = sourcesOf(image);
  if (!account.shell && (start.runtime.writes || writer !== undefined))
    return refuse('no-shell', `${writer ?? 'it'} may write files, and without a shell no directory can be given`);
  const directories = applicationDirectories(image, own);
  const allMade = madeDirectories(image);
  const reached = [...directories, ...allMade];
  const elsewhere =
    writesElsewhere(image, directories) ?? writesUnproven(image, reached) ?? sourcesNeedRoot(image, reached);
  if (elsewhere !== undefined) return elsewhere;
  const filled = filledFromAbove(image, directories);
  if (filled !== undefined) return filled;
  const unclear = start.runtime.writes || writer !== undefined ? unclearFolder(image, own, directories) : undefined;
  const made = allMade.filter((path) => !directories.some((one) => isWithin(one, path)));
  const rights = rightsOfSteps(image, [...directories, ...made]);
  if (isRefusal(rights)) return rights;
  const plan =
    planForReader(own, start, account, rights) ??
    unclear ??
    place(image, own, [...directories, ...made], allMade, rights);
  if (!isRefusal(plan) && isMadeAfter(image, account, plan.copies))
    return refuse('account-made-late', 'the account is made after files are copied that it would have to own');
  if (!isRefusal(plan) && made.length > 0 && plan.preparedBefore !== plan.userBefore)
    return refuse('made-late', `\`${made.join('`, `')}\` is made by a step that needs root, after the first copy`);
  return plan;
}

function rightsOfSteps(image: FinalImage, own: readonly string[]): ReadonlyMap<Instruction, Rights> | Refusal {
  const rights = new Map<Instruction, Rights>();
  for (const step of image.state.steps.filter(({ kind }) => kind === 'run')) {
    const found = rightsOf(image, step, own);
    if (isRefusal(found)) return found;
    rights.set(step.instruction, found);
  }
  return rights;
}

/** What only reads files is given none: it takes over in front of the command that starts it. */
function planForReader(
  own: readonly Instruction[],
  { programs }: Start,
  account: ChosenAccount,
  rights: ReadonlyMap<Instruction, Rights>,
): EarlyPlan | undefined {
  const reads = programs.every(({ name, writes }) => writes.length === 0 && runtimeOf(name)?.reads === true);
  const start = own.find(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (!reads || start === undefined || [...rights.values()].includes('account')) return undefined;
  if (own.some((one) => one.keyword === 'RUN' && one.index > start.index)) return undefined;
  const firstCopy = own.find((one) => isCopy(one) && one.index < start.index);
  const preparedBefore = account.commands.length > 0 ? (firstCopy ?? start) : start;
  return { copies: [], directories: [], missing: [], preparedBefore, userBefore: start };
}

/** A COPY above the application's directories fills them with files of root. */
function filledFromAbove(image: FinalImage, directories: readonly string[]): Refusal | undefined {
  const copied = copiedFiles(image).find((one) => {
    const { copy, destination } = one;
    return (
      copy.instruction.stageIndex === image.stage.index &&
      !directories.some((path) => isWithin(path, destination)) &&
      directories.some((path) => path !== destination && isWithin(destination, path) && !isAround(destination, path)) &&
      bringsTree(image, one)
    );
  });
  return (
    copied &&
    refuse('no-own-directory', `\`${copied.destination}\` is filled by one copy, and an account can't be given it`)
  );
}
