/**
 * The account takes over before the application's own steps: its directories are given to it while they are empty, what is
 * copied belongs to it, and installs and builds run as it. A wrong guess then fails in the build, not in the running container.
 */
import { isCopy } from '../../src/dockerfile/copy.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { isWithin } from '../../src/paths.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { isMadeAfter, type ChosenAccount } from './accounts.js';
import { bringsTree } from './application-directory.js';
import { copiedBy, copiedFiles } from './copied-files.js';
import { configBefore, workingDirectory, type FinalImage } from './final-image.js';
import { madeDirectories } from './made-directories.js';
import { applicationDirectories, unclearFolder } from './directories.js';
import { lacksEvidence, writesElsewhere } from './evidence.js';
import { holdsApplications, isOwnDirectory } from './own-directory.js';
import { sourcesOf } from './sources.js';
import { runtimeOf } from './runtimes.js';
import type { Start } from './start.js';
import { rightsOf, type Rights } from './step-rights.js';

export interface EarlyPlan {
  /** COPY and ADD that get `--chown`. */
  readonly copies: readonly Instruction[];
  /** Directories of the image to give, each alone. */
  readonly directories: readonly string[];
  /** Those among them that are to be made first. */
  readonly missing: readonly string[];
  /** Before it the account is made and gets its directories. */
  readonly preparedBefore: Instruction;
  /** Before it the account takes over. */
  readonly userBefore: Instruction;
}

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
  const elsewhere = writesElsewhere(image, directories);
  if (elsewhere !== undefined) return elsewhere;
  const filled = filledFromAbove(image, directories);
  if (filled !== undefined) return filled;
  const unclear = start.runtime.writes || writer !== undefined ? unclearFolder(image, own, directories) : undefined;
  const allMade = madeDirectories(image);
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

/** @param made those of the directories that RUNs of root make, and perhaps more */
function place(
  image: FinalImage,
  own: readonly Instruction[],
  directories: readonly string[],
  made: readonly string[],
  rights: ReadonlyMap<Instruction, Rights>,
): EarlyPlan | Refusal {
  const copies = own.filter((instruction) => isForAccount(image, instruction, directories));
  const lastRoot = own.findLastIndex((instruction) => rights.get(instruction) === 'root');
  const firstWork = own.findIndex((one) => copies.includes(one) || rights.get(one) === 'account');
  const early = own.slice(0, Math.max(lastRoot, 0)).find((one) => rights.get(one) === 'account');
  if (early !== undefined)
    return refuse('root-after-account', `the RUN on line ${early.startLine} is followed by one that needs root`);
  const start = own.find(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const after = own[lastRoot + 1];
  const first = firstWork === -1 ? start : own[firstWork];
  const preparedBefore = firstWork > lastRoot || firstWork === -1 ? (later(first, after) ?? start) : first;
  const userBefore = firstWork > lastRoot ? preparedBefore : (after ?? start);
  if (preparedBefore === undefined || userBefore === undefined)
    return refuse('no-place', 'nothing comes after the steps that need root');
  if (directories.length === 0 && copies.length === 0 && !isOwnDirectory(workingDirectory(image)))
    return refuse('no-own-directory', `it works in \`${workingDirectory(image)}\`, which an account can't be given`);
  const before = own.slice(0, own.indexOf(preparedBefore));
  const there = new Set(
    before.map((one) => configBefore(image, one).workdir).concat(configBefore(image, preparedBefore).workdir),
  );
  const missing = directories.filter((path) => !there.has(path) && !made.includes(path));
  const late = missing.filter((path) => isNested(path, directories) && isEnteredLate(own, userBefore, path));
  return {
    copies,
    directories: directories.filter((path) => !late.includes(path)),
    missing: missing.filter((path) => !late.includes(path)),
    preparedBefore,
    userBefore,
  };
}

function isNested(path: string, directories: readonly string[]): boolean {
  return directories.some((other) => other !== path && isWithin(other, path));
}

/** WORKDIR makes it once the account has taken over, and so gives it to the account. */
function isEnteredLate(own: readonly Instruction[], userBefore: Instruction, path: string): boolean {
  return own.some((one) => one.keyword === 'WORKDIR' && one.index >= userBefore.index && path.endsWith(one.body.text));
}

/** The later of two instructions. */
function later(a: Instruction | undefined, b: Instruction | undefined): Instruction | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a.index > b.index ? a : b;
}

/** It brings files of the application: into its own directories, or around them, and to no account yet. */
function isForAccount(image: FinalImage, instruction: Instruction, directories: readonly string[]): boolean {
  const copied = copiedBy(image, instruction);
  if (copied === undefined || copied.copy.owner !== undefined) return false;
  const { destination } = copied;
  return directories.some((path) => isWithin(path, destination) || isAround(destination, path));
}

function isAround(destination: string, path: string): boolean {
  return holdsApplications(destination) && isWithin(destination, path);
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
