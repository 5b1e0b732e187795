import data from '../../../data/python-wheels.json' with { type: 'json' };
import { compareNumbers, numbersOf } from './versions.js';

const first: Readonly<Record<string, string>> = data.first;

/**
 * The first version of a compiled package that is built for a Python, where the wanted one is older: pip would have to compile that
 * from sources, which know nothing of this Python. Undefined where it is not known.
 */
export function firstWheel(python: string, name: string, wanted: string): string | undefined {
  const known = name.toLowerCase().replace(/[-_.]+/g, '-');
  const built = Object.hasOwn(first, known) ? first[known] : undefined;
  return built !== undefined && !isOlder(python, data.python) && isOlder(wanted, built) ? built : undefined;
}

function isOlder(version: string, than: string): boolean {
  return compareNumbers(numbersOf(version), numbersOf(than)) < 0;
}
