import { isAbsolute, relative, resolve, sep } from 'node:path';

/** A path as a person wants to see it: relative to the working folder when inside it. */
export function showPath(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  if (inside === '') return '.';
  return inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside) ? path : inside.split(sep).join('/');
}

export function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && resolve(folder, inside) === path;
}
