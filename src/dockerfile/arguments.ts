/** ARGs before the first FROM, and what FROM comes to with them. */
import { expandKnown } from './expand.js';
import type { Instruction } from './types.js';

/** BuildKit sets these itself, so that FROM knows them without a declaration: here for a build on and for the usual platform. */
const PLATFORM: ReadonlyMap<string, string> = new Map([
  ['TARGETPLATFORM', 'linux/amd64'],
  ['TARGETOS', 'linux'],
  ['TARGETOSVERSION', ''],
  ['TARGETARCH', 'amd64'],
  ['TARGETVARIANT', ''],
  ['BUILDPLATFORM', 'linux/amd64'],
  ['BUILDOS', 'linux'],
  ['BUILDOSVERSION', ''],
  ['BUILDARCH', 'amd64'],
  ['BUILDVARIANT', ''],
]);

/** What FROM sees in a build without arguments. An ARG without a default has no value, nor has one made of such an ARG. */
export function argumentDefaults(globals: readonly Instruction[], escape: string): ReadonlyMap<string, string> {
  const words = globals.filter(({ keyword }) => keyword === 'ARG').flatMap((instruction) => instruction.words);
  const given = words.filter(({ text }) => text.includes('='));
  if (given.length === 0) return PLATFORM;
  const found = new Map(PLATFORM);
  for (const { text } of given) {
    const equals = text.indexOf('=');
    const value = expandKnown(text.slice(equals + 1), (name) => found.get(name), escape);
    if (value === undefined) found.delete(text.slice(0, equals));
    else found.set(text.slice(0, equals), value);
  }
  return found;
}
