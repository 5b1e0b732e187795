import * as v from 'valibot';
import { nearestName } from '../../engine/nearest.js';
import type { OptionSpec, Transform } from '../../engine/types.js';
import type { ConfigInput } from './types.js';

const LEVELS = ['safe', 'guarded', 'unsafe'] as const;

function described<const S extends v.GenericSchema>(schema: S, text: string) {
  return v.optional(v.pipe(schema, v.description(text)));
}
const texts = (description: string) => described(v.array(v.string()), description);

/** An object without other keys; the message names the legal ones. */
function shape<const E extends v.ObjectEntries>(entries: E) {
  return v.strictObject(entries, (issue) => {
    const key = issue.path?.at(-1)?.key;
    if (issue.expected !== 'never' || typeof key !== 'string')
      return `expected ${wordFor(issue.expected)}, got ${issue.received}`;
    const nearest = nearestName(key, Object.keys(entries));
    const keys = Object.keys(entries).filter((name) => name !== '$schema');
    return `unknown key; ${nearest === undefined ? '' : `did you mean ${nearest}? `}${keys.length === 0 ? 'there are none here' : `legal: ${keys.join(', ')}`}`;
  });
}

function wordFor(expected: string | null): string {
  return expected === 'Object' ? 'an object' : (expected ?? 'another value');
}

function oneOf<const T extends readonly string[]>(values: T) {
  return v.picklist(values, ({ received }) => {
    const nearest = nearestName(received.replaceAll('"', ''), values);
    return `${received} is not legal; ${nearest === undefined ? '' : `did you mean ${nearest}? `}legal: ${values.join(', ')}`;
  });
}

function optionSchema(spec: OptionSpec) {
  const { type, values, description } = spec;
  const text = values === undefined ? v.string() : oneOf(values);
  const schemas = { string: text, number: v.number(), boolean: v.boolean(), 'string[]': v.array(text) };
  return described(schemas[type], description);
}

function transformSchema({ options = {}, summary }: Transform) {
  const entries = Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, optionSchema(spec)]));
  return described(v.union([v.boolean(), shape(entries)]), summary);
}

/** What a configuration may say, for these transforms. */
export function configSchema(catalogue: readonly Transform[]) {
  const names = catalogue.map(({ name }) => name);
  const list = (description: string) => described(v.array(oneOf(names)), description);
  const choice = {
    level: described(oneOf(LEVELS), 'Apply the transforms up to this level. Default: guarded.'),
    only: list('Apply these transforms alone, whatever their level.'),
    skip: list('Never apply these transforms.'),
    transforms: described(
      shape(Object.fromEntries(catalogue.map((one) => [one.name, transformSchema(one)]))),
      'By name: false is off, true is on whatever the level, an object sets options.',
    ),
  };
  const override = shape({
    files: v.pipe(v.array(v.string()), v.description('Which files, as in .gitignore, relative to this file.')),
    ...choice,
  });
  return shape({
    $schema: v.optional(v.string()),
    ...choice,
    include: texts('Files that are Dockerfiles although their names do not say so, as in .gitignore.'),
    exclude: texts('Files and folders that are not looked at, as in .gitignore.'),
    plugins: texts('Modules with transforms of your own, relative to this file.'),
    overrides: described(v.array(override), 'Other choices for some files; later ones win.'),
  });
}

/** The configuration, or what is wrong with it: the key and what would be legal. */
export function validateConfig(value: unknown, catalogue: readonly Transform[]): ConfigInput | string {
  const result = v.safeParse(configSchema(catalogue), value);
  if (result.success) return result.output as ConfigInput;
  const issue = deepest(result.issues);
  const path = issue === undefined ? null : v.getDotPath(issue);
  return `${path === null ? '' : `${path}: `}${issue?.message ?? 'it is not valid'}`;
}

/** Of the alternatives of a union, the one that got furthest says best what is wrong. */
function deepest(issues: readonly v.BaseIssue<unknown>[]): v.BaseIssue<unknown> | undefined {
  const [first] = issues;
  if (first?.issues === undefined) return first;
  const inner = first.issues.map((issue) => deepest([issue])).filter((issue) => issue !== undefined);
  const length = (issue: v.BaseIssue<unknown>): number => issue.path?.length ?? 0;
  const best = inner.sort((a, b) => length(b) - length(a))[0];
  return best !== undefined && length(best) > 0 ? withPrefix(first, best) : first;
}

function withPrefix(outer: v.BaseIssue<unknown>, inner: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const prefix = outer.path ?? [];
  const path = inner.path ?? [];
  const whole = path.length >= prefix.length && prefix.every((item, index) => item.key === path[index]?.key);
  const [head, ...tail] = whole ? path : [...prefix, ...path];
  return head === undefined ? inner : { ...inner, path: [head, ...tail] };
}
