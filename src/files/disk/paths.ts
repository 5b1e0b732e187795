import { isAbsolute, relative, resolve, sep } from 'node:path';

/** The path for messages: relative to the working folder when it is inside. */
export function showPath(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  if (inside === '') return '.';
  return inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside) ? path : inside.split(sep).join('/');
}

/** True for the folder itself and the paths inside it; both absolute. */
export function isInFolder(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && resolve(folder, inside) === path;
}
