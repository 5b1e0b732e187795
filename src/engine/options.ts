import { nearestName } from './nearest.js';

/** What the options of each type hold. */
interface Values {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly 'string[]': readonly string[];
}

export type OptionValue = Values[keyof Values];

/** One option of a transform; `values` are the legal ones where they are few. */
export type OptionSpec = { readonly description: string } & (
  | { readonly type: 'string'; readonly default: string; readonly values?: readonly string[] }
  | { readonly type: 'string[]'; readonly default: readonly string[]; readonly values?: readonly string[] }
  | { readonly type: 'number'; readonly default: number; readonly values?: undefined }
  | { readonly type: 'boolean'; readonly default: boolean; readonly values?: undefined }
);

/** Options by transform and name. */
export type OptionValues = Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What `find` gets for options that are described so. */
export type OptionsOf<S extends OptionSpecs> = { readonly [K in keyof S]: ValueOf<S[K]> };

type ValueOf<S extends OptionSpec> = S extends { readonly type: 'string'; readonly values: readonly (infer V)[] }
  ? V
  : S extends { readonly type: 'string[]'; readonly values: readonly (infer V)[] }
    ? readonly V[]
    : Values[S['type']];

const MATCHES: Readonly<Record<keyof Values, (value: unknown) => boolean>> = {
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
export function checkOptions(transform: string, specs: OptionSpecs, setting: Readonly<Record<string, unknown>>): void {
  for (const [option, value] of Object.entries(setting)) {
    const spec = Object.hasOwn(specs, option) ? specs[option] : undefined;
    if (spec === undefined)
      throw new TypeError(`${transform} has no option ${option}${hint(option, Object.keys(specs))}`);
    const problem = optionProblem(spec, value);
    if (problem !== undefined) throw new TypeError(`${transform}: option ${option} ${problem}`);
  }
}

function hint(option: string, known: readonly string[]): string {
  const nearest = nearestName(option, known);
  return nearest === undefined ? '' : `: did you mean ${nearest}?`;
}
