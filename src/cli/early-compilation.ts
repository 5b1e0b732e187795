import { setFlagsFromString } from 'node:v8';

/** From so many files on it pays to compile each function, fast and without optimising, at its first call. */
const MANY = 200;

/** @param files how many are about to be looked at, before worker threads start */
export function compileEarly(files: number): void {
  if (files >= MANY) setFlagsFromString('--always-sparkplug');
}

/** V8 takes compiled code back only under the flags that it had when that was made, and a start has none. */
export function endEarlyCompilation(): void {
  setFlagsFromString('--no-always-sparkplug');
}
