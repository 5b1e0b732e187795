import { compareNumbers, numbersOf } from '../../facts/images/versions.js';

/**
 * Whether a version lies in a range as npm, Composer, RubyGems and Python write them: `>=14 <17`, `^7.2 || ^8.0`, `~> 2.7`, `16.x`.
 * What can't be read excludes nothing.
 */
export function allowsVersion(range: string, version: string): boolean {
  const wanted = fixedNumbers(version);
  return range.split(/\|\|?/).some((all) => comparatorsOf(all).every((one) => holds(one, wanted)));
}

/** `14 - 16` is `>=14 <=16`; an operator may be apart from its version. */
function comparatorsOf(text: string): readonly string[] {
  return text
    .replace(/(?<!\S)(\S+)\s+-\s+(\S+)/g, '>=$1 <=$2')
    .replace(/(?<![<>=~^!])([<>=~^!]+)\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((one) => one !== '');
}

function holds(comparator: string, wanted: readonly number[]): boolean {
  const [, operator = '', version] = /^([<>=~^!]*)v?(\d+(?:\.(?:\d+|[x*]))*)(?:@\w+)?$/.exec(comparator) ?? [];
  if (version === undefined) return true;
  const given = fixedNumbers(version);
  const order = compareNumbers(wanted, given);
  switch (operator) {
    case '>':
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '^':
      return order >= 0 && wanted[0] === given[0];
    case '~':
    case '~>':
    case '~=':
      return order >= 0 && startsWith(wanted, given.slice(0, Math.max(1, given.length - 1)));
    case '!=':
      return true;
    default:
      return startsWith(wanted, given);
  }
}

/** The numbers up to a wildcard. */
function fixedNumbers(version: string): readonly number[] {
  return numbersOf(version.replace(/\.?[x*].*/s, ''));
}

function startsWith(wanted: readonly number[], given: readonly number[]): boolean {
  return given.every((number, index) => number === wanted[index]);
}
