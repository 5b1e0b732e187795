import { baseName, parentPath } from '../../paths.js';
import { ignoreMatcher } from './dockerignore.js';
import type { BuildContext, ContextEdit } from './types.js';

/** The context as it is once the edits are written: later rounds see the ignore file that an earlier one made. */
export function overlayContext(context: BuildContext, edits: readonly ContextEdit[]): BuildContext {
  if (edits.length === 0) return context;
  const files = new Map(edits.map(({ path, after }) => [path, after]));
  const { ignoreFile } = context;
  const specific = context.dockerfile === undefined ? undefined : `${context.dockerfile}.dockerignore`;
  const path = [specific, '.dockerignore'].find((name) => name !== undefined && files.has(name));
  const text = path === undefined ? undefined : files.get(path);
  const counts =
    path !== undefined &&
    text !== undefined &&
    (ignoreFile === undefined || ignoreFile.path !== specific || path === specific);
  const ignored = counts ? ignoreMatcher(text) : (name: string) => context.ignored(name);
  return {
    ...context,
    ignored,
    ignoreFile: counts ? { path, text } : ignoreFile,
    exists: (name) => (files.has(name) ? 'file' : context.exists(name)),
    read: (name) => files.get(name) ?? context.read(name),
    glob: (pattern) => context.glob(pattern)?.filter((name) => !ignored(name)),
    list: (directory) => {
      const names = context.list(directory);
      const added = edits.flatMap(({ path: name }) => (parentPath(name) === directory ? [baseName(name)] : []));
      return names && [...new Set([...names, ...added])].sort();
    },
  };
}
