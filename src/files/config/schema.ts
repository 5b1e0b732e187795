import * as v from 'valibot';
import type { OptionSpec, Transform } from '../../engine/types.js';
import { described, oneOf, parseShape, shape, texts } from './shapes.js';
import type { ConfigInput } from './types.js';

const LEVELS = ['safe', 'guarded', 'unsafe'] as const;

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

/** The keys that choose transforms and set their options. */
export function choiceEntries(catalogue: readonly Transform[]) {
  const names = catalogue.map(({ name }) => name);
  const list = (description: string) => described(v.array(oneOf(names)), description);
  return {
    level: described(oneOf(LEVELS), 'Apply the transforms up to this level. Default: guarded.'),
    only: list('Apply these transforms alone, whatever their level.'),
    skip: list('Never apply these transforms.'),
    transforms: described(
      shape(Object.fromEntries(catalogue.map((one) => [one.name, transformSchema(one)]))),
      'By name: false is off, true is on whatever the level, an object sets options.',
    ),
  };
}

/** What a configuration may say, for these transforms. */
export function configSchema(catalogue: readonly Transform[]) {
  const choice = choiceEntries(catalogue);
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
  return parseShape(configSchema(catalogue), value) as ConfigInput | string;
}
