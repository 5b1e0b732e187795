/** What work on a path needs: root, or the account that the application gets. */
import { expandKnown } from '../../src/dockerfile/expand.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import type { Config } from '../../src/image/types.js';
import { imagePath, isWithin } from '../../src/paths.js';
import type { FinalImage } from './final-image.js';

/** `root`: it changes the system; `account`: it works in the application's own directories; `either`: it changes no file. */
export type Rights = 'root' | 'account' | 'either';

/** Where a command runs, and which directories are the application's own. */
export interface Place {
  readonly image: FinalImage;
  /** The RUN, and the configuration that it runs with. */
  readonly instruction: Instruction;
  readonly config: Config;
  readonly directory: string;
  readonly own: readonly string[];
}

/** What all of them need; undefined where one needs root and another the account. */
export function together(all: readonly Rights[]): Rights | undefined {
  if (all.includes('root')) return all.includes('account') ? undefined : 'root';
  return all.includes('account') ? 'account' : 'either';
}

/** By where the paths lie, which all lie alike: in the application's directories, or outside. */
export function pathRights(words: readonly string[], { config, directory, own }: Place): Rights | undefined {
  const paths = words.map((word) => expandKnown(word, config.env.get, '\\') ?? word);
  if (paths.some((path) => /[$`]|^["']?~/.test(path))) return undefined;
  const places = paths.map((path) => imagePath(directory, path.replace(/["']/g, '')));
  // The entry of a directory itself is in the one above it.
  return together(places.map((path) => (isOneOf(own, path) && !own.includes(path) ? 'account' : 'root')));
}

export function isOneOf(own: readonly string[], path: string): boolean {
  return own.some((folder) => isWithin(folder, path));
}
