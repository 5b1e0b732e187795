/** A COPY or ADD that brings a whole folder of the build context: `COPY . .`, `ADD ./ /app`, `COPY --chown=app src/ .`. */
import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import type { BuildContext } from '../facts/context/types.js';
import type { Config } from './types.js';
import { expandKnown } from '../dockerfile/expand.js';
import { imagePath, isAbsolutePath, sourcePath, UNKNOWN_DIRECTORY } from '../paths.js';

export interface TreeCopy {
  readonly instruction: Instruction;
  /** Folder of the context; `''` is the root. */
  readonly source: string;
  /** Where its contents lie in the image. */
  readonly target: string;
  /** The destination does not count from the working directory. */
  readonly absolute: boolean;
  /** The destination as written. */
  readonly destination: string;
  /** The flags as written, with a blank after each. */
  readonly flags: string;
}

/** Flags that say the same of a single file as of the folder. */
const PLAIN_FLAGS = ['chown', 'chmod', 'link'];

export function readTreeCopy(
  dockerfile: Dockerfile,
  instruction: Instruction,
  config: Config,
  context: BuildContext | undefined,
): TreeCopy | undefined {
  const [source, destination, ...more] = operands(instruction) ?? [];
  if (source === undefined || destination === undefined || more.length > 0) return undefined;
  const folder = readFolder(source, context);
  const target = copyTarget(instruction, config, dockerfile.escape);
  if (folder === undefined || target === undefined || /["'\\`]|\s/.test(destination)) return undefined;
  return {
    instruction,
    source: folder,
    target,
    absolute: isAbsolutePath(expandKnown(destination, config.variables.get, dockerfile.escape) ?? ''),
    destination,
    flags: instruction.flags.map(({ start, end }) => `${dockerfile.text.slice(start, end)} `).join(''),
  };
}

/** The destination of a COPY or ADD as an absolute path; undefined where it hangs on a variable that is not known. */
export function copyTarget(instruction: Instruction, config: Config, escape: string): string | undefined {
  const words = instruction.json ?? instruction.words.map(({ text }) => text);
  const target = expandKnown(words.at(-1) ?? '', config.variables.get, escape);
  return target === undefined ? undefined : imagePath(config.workdir, target);
}

const SYSTEM = new Set('bin boot dev etc lib lib32 lib64 opt proc root run sbin srv sys usr var'.split(' '));

/** `COPY . /` brings an `etc` or `usr` of the context over the image's own, which all that follows may need. */
export function fillsSystemFolder({ source, target }: TreeCopy, context: BuildContext | undefined): boolean {
  const [top = '', ...below] = target.slice(1).split('/');
  if (SYSTEM.has(top))
    return below.length === 0
      ? top !== 'opt' && top !== 'srv' && top !== 'root'
      : below.at(-1) === 'bin' || top === 'etc';
  if (top !== '' && target !== UNKNOWN_DIRECTORY) return false;
  return context?.list(source)?.some((name) => SYSTEM.has(name)) ?? true;
}

/** Sources and destination of a copy out of the build context. */
export function operands(instruction: Instruction): readonly string[] | undefined {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return undefined;
  if (instruction.heredocs.length > 0 || !instruction.flags.every(({ name }) => PLAIN_FLAGS.includes(name)))
    return undefined;
  return instruction.json ?? instruction.words.map(({ text }) => text);
}

function readFolder(source: string, context: BuildContext | undefined): string | undefined {
  if (/^\/?(?:\.\/?)*$/.test(source)) return '';
  if (/[$*?[\]"'\\]|:\/\/|^git@/.test(source)) return undefined;
  const path = sourcePath(source);
  return context?.exists(path) === 'directory' ? path : undefined;
}
