import { baseName, contextPath, parentPath } from '../../paths.js';
import { makeContext, type ContextOptions, type FileTree } from './context.js';
import type { BuildContext } from './types.js';

/**
 * A context of the given files; a name that ends in `/` is an empty directory.
 * @param executables those that may be executed; without it, that is not known
 */
export function memoryContext(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: ContextOptions = {},
  executables?: ReadonlySet<string>,
): BuildContext {
  return makeContext(memoryTree(files, executables), options);
}

function memoryTree(
  files: Readonly<Record<string, string | Uint8Array>>,
  executables: ReadonlySet<string> | undefined,
): FileTree {
  const contents = new Map<string, Uint8Array>();
  const folders = new Map<string, Set<string>>([['', new Set()]]);
  const addFolder = (path: string): Set<string> => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    addFolder(parentPath(path)).add(baseName(path));
    const names = new Set<string>();
    folders.set(path, names);
    return names;
  };
  for (const [name, content] of Object.entries(files)) {
    const path = contextPath(name) ?? '';
    if (path === '') continue;
    if (name.endsWith('/')) addFolder(path);
    else {
      addFolder(parentPath(path)).add(baseName(path));
      contents.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    }
  }
  return {
    exists: (path) => (contents.has(path) ? 'file' : folders.has(path) ? 'directory' : undefined),
    list: (path) => {
      const names = folders.get(path);
      return names && [...names].sort();
    },
    bytes: (path, limit) => contents.get(path)?.subarray(0, limit),
    isExecutable: (path) => executables?.has(path),
    isLink: () => false,
  };
}
