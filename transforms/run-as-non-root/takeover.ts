/** Where in the file the account is made, gets its directories and takes over. */
import type { Instruction } from '../../src/dockerfile/types.js';
import { isWithin } from '../../src/paths.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { copiedBy } from './copied-files.js';
import { configBefore, workingDirectory, type FinalImage } from './final-image.js';
import { holdsApplications, isOwnDirectory } from './own-directory.js';
import type { Rights } from './step-rights.js';

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

/** @param made those of the directories that RUNs of root make, and perhaps more */
export function place(
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

/** A folder of applications that holds the path. */
export function isAround(destination: string, path: string): boolean {
  return holdsApplications(destination) && isWithin(destination, path);
}
