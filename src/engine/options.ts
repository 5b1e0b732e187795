import { nearestName } from './nearest.js';
import type { OptionSpec, OptionValue, Transform } from './types.js';

const MATCHES: Readonly<Record<OptionSpec['type'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  'string[]': (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
};

/** What is wrong with a value for the option; undefined when it is right. */
export function optionProblem({ type, values }: OptionSpec, value: unknown): string | undefined {
  if (!Object.hasOwn(MATCHES, type)) return `has no type: ${Object.keys(MATCHES).join(', ')}`;
  if (!MATCHES[type](value)) return `is a ${type}, not ${JSON.stringify(value)}`;
  const wrong = values && [value].flat().find((one) => !values.some((legal) => legal === one));
  return wrong === undefined ? undefined : `is one of ${values?.join(', ')}, not ${JSON.stringify(wrong)}`;
}

/** @throws TypeError when a setting names an option that the transform does not have, or a value that is not legal */
export function checkOptions(
  { name, options = {} }: Transform,
  setting: boolean | Readonly<Record<string, OptionValue>> | undefined,
): void {
  if (typeof setting !== 'object') return;
  for (const [option, value] of Object.entries(setting)) {
    const spec = Object.hasOwn(options, option) ? options[option] : undefined;
    if (spec === undefined) throw new TypeError(`${name} has no option ${option}${hint(option, Object.keys(options))}`);
    const problem = optionProblem(spec, value);
    if (problem !== undefined) throw new TypeError(`${name}: option ${option} ${problem}`);
  }
}

function hint(option: string, known: readonly string[]): string {
  const nearest = nearestName(option, known);
  return nearest === undefined ? '' : `: did you mean ${nearest}?`;
}
