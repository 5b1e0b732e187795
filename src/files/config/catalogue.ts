import { pathToFileURL } from 'node:url';
import { transforms as shipped } from '../../../transforms/index.js';
import { defineTransform } from '../../engine/define.js';
import type { Transform } from '../../engine/types.js';
import { describeError } from '../disk/errors.js';
import { UsageError } from './usage-error.js';

/**
 * The shipped transforms, then those of the plugins.
 * @param plugins absolute paths of modules
 * @throws UsageError when a module can't be loaded, exports no transform, or one with a name that exists
 */
export async function loadCatalogue(plugins: readonly string[]): Promise<readonly Transform[]> {
  const catalogue = [...shipped];
  for (const path of plugins) {
    for (const transform of await loadPlugin(path)) {
      if (catalogue.some(({ name }) => name === transform.name))
        throw new UsageError(`${path}: a transform ${transform.name} exists already`);
      catalogue.push(transform);
    }
  }
  return catalogue;
}

async function loadPlugin(path: string): Promise<readonly Transform[]> {
  try {
    const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
    const found = [...new Set(Object.values(module).flat().filter(isTransformLike))];
    if (found.length === 0)
      throw new UsageError('it exports no transform (an object with name, level, mayChange and find)');
    return found.map((one) => defineTransform({ ...DEFAULTS, ...one } as Transform));
  } catch (error) {
    const code = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    const message = describeError(error);
    throw new UsageError(`${path}: ${code ? `it can't be loaded: ${message}` : message}`);
  }
}

const DEFAULTS = { group: 'custom', summary: '', covers: [], docs: '' };

function isTransformLike(value: unknown): value is Partial<Transform> {
  return typeof value === 'object' && value !== null && 'name' in value && 'find' in value;
}
