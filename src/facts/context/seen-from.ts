import { relative, sep } from 'node:path';

/** A path of this machine as seen from a folder, with `/`: `''` for the folder itself, `../…` for what lies outside. */
export function seenFrom(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}
