import { execFile } from 'node:child_process';
import { execPath } from 'node:process';
import { pathToFileURL } from 'node:url';
import { transforms as shipped } from '../../../transforms/index.js';
import { defineTransform } from '../../engine/define.js';
import type { Transform } from '../../engine/types.js';
import { describeError } from '../disk/errors.js';
import { foreignFrames } from '../disk/stack.js';
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
      const same = catalogue.find(({ name }) => name === transform.name);
      if (same !== undefined)
        throw new UsageError(
          `${path}: a transform ${same.name} exists already${same.plugin ? `, in ${same.plugin}` : ''}`,
        );
      catalogue.push(transform);
    }
  }
  return catalogue;
}

async function loadPlugin(path: string): Promise<readonly Transform[]> {
  const module = await importModule(path);
  const found = [...new Set(Object.values(module).flat().filter(isTransformLike))];
  if (found.length === 0)
    throw new UsageError(`${path}: it exports no transform (an object with name, level, mayChange and find)`);
  try {
    return found.map((one) => defineTransform({ ...DEFAULTS, ...one, plugin: path } as Transform));
  } catch (error) {
    throw new UsageError(`${path}: ${describeError(error)}`);
  }
}

async function importModule(path: string): Promise<Record<string, unknown>> {
  try {
    return (await inTime(import(pathToFileURL(path).href))) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new UsageError(`${await syntaxErrorPlace(path)}: it can't be loaded: SyntaxError: ${describeError(error)}`);
    const frames = error instanceof Error ? foreignFrames(error.stack) : undefined;
    throw new UsageError(`${path}: it can't be loaded: ${describeError(error)}`, frames);
  }
}

/** `path:line`, as Node.js says it of a file that it only checks: the error of an import knows no line. */
async function syntaxErrorPlace(path: string): Promise<string> {
  const said = await new Promise<string>((resolve) => {
    execFile(execPath, ['--check', path], { timeout: LOAD_MS }, (_error, _stdout, stderr) => resolve(stderr));
  });
  const [place = ''] = said.split('\n');
  return place.startsWith(`${path}:`) ? place : path;
}

const LOAD_MS = 10_000;

/** A module that waits for what never comes would end the program without a word. */
function inTime<T>(loading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`it is not ready after ${LOAD_MS / 1000} s`));
    const limit = setTimeout(late, LOAD_MS);
    loading.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}

const DEFAULTS = { group: 'custom', summary: '', covers: [], docs: '' };

function isTransformLike(value: unknown): value is Partial<Transform> {
  return typeof value === 'object' && value !== null && 'name' in value && 'find' in value;
}
