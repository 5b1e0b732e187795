import * as v from 'valibot';
import { LEVELS } from '../../engine/levels.js';
import type { OptionSpec } from '../../engine/options.js';
import type { Transform } from '../../engine/types.js';
import { EXCLUDED_TREES } from './exclude-trees.js';
import { described, oneOf, parseShape, shape, texts } from './shapes.js';
import type { ConfigInput } from './types.js';
import type { Refusal } from '../../refusal.js';

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
    level: described(oneOf(LEVELS), 'Make the changes up to this level. Default: guarded.'),
    only: list('Apply only these transforms, whatever their level.'),
    skip: list('Never apply these transforms.'),
    transforms: described(
      shape(Object.fromEntries(catalogue.map((one) => [one.name, transformSchema(one)]))),
      'By name: false turns a transform off, true turns it on whatever its level, an object sets its options.',
    ),
  };
}

/** Schema of a configuration that may name these transforms. */
export function configSchema(catalogue: readonly Transform[]) {
  const choice = choiceEntries(catalogue);
  const override = shape({
    files: v.pipe(v.array(v.string()), v.description('Patterns as in .gitignore, relative to this file.')),
    ...choice,
  });
  return shape({
    $schema: v.optional(v.string()),
    ...choice,
    include: texts('Dockerfiles with other names; patterns as in .gitignore.'),
    exclude: texts('Files and folders to leave out, named on the command line or not; patterns as in .gitignore.'),
    excludeTrees: described(
      v.array(oneOf(EXCLUDED_TREES)),
      'Trees to leave out by the names that they usually have: vendored code, frozen releases.',
    ),
    plugins: texts(
      'Modules with transforms of your own: files, relative to this one, or packages. Only the configuration at the root names any.',
    ),
    overrides: described(v.array(override), 'Other choices for some files; the last one that matches wins.'),
  });
}

/** The configuration, or a refusal that names the wrong key and what is legal. */
export function validateConfig(value: unknown, catalogue: readonly Transform[]): ConfigInput | Refusal {
  return parseShape(configSchema(catalogue), value) as ConfigInput | Refusal;
}
