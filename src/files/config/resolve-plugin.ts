import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeError } from '../disk/errors.js';
import { configTop } from './find.js';
import { UsageError } from './usage-error.js';

/**
 * The file of a plug-in: a file, or the entry of a package as `import` finds it in `node_modules`.
 * @param name a path, relative to the folder, or the name of a package
 * @param folder absolute: of the configuration that names it, or the working folder
 * @returns an absolute path; where a path was meant, the file need not be there
 * @throws UsageError when no package of that name is installed, or it has no entry
 */
export async function resolvePlugin(name: string, folder: string): Promise<string> {
  const file = resolve(folder, name);
  const isPath = isAbsolute(name) || /^\.\.?(?:[\\/]|$)/.test(name);
  if (isPath || statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
  const top = configTop(folder, folder);
  const [packageName] = /^(?:@[^@/\\]+\/)?[^@/\\:]+/.exec(name) ?? [''];
  if (packageName === '' || !isInstalled(packageName, folder, top))
    throw new UsageError(
      `plug-in ${name}: it can't be loaded: there is no file ${file}, and no package ${packageName} in node_modules up to ${top}`,
    );
  const { resolve: resolveImport } = await import('import-meta-resolve');
  try {
    return fileURLToPath(resolveImport(name, pathToFileURL(join(folder, 'package.json')).href));
  } catch (error) {
    throw new UsageError(`plug-in ${name}: it can't be loaded: ${describeError(error)}`);
  }
}

/** `import` would go up to the root of the disk: what lies above the tree is not trusted to bring its code. */
function isInstalled(packageName: string, folder: string, top: string): boolean {
  if (existsSync(join(folder, 'node_modules', packageName))) return true;
  return folder !== top && isInstalled(packageName, dirname(folder), top);
}
