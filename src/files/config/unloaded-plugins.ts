import type { Transform } from '../../engine/types.js';
import { isObject } from './find.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A configuration as it is without its plug-ins: the key goes, and with it the names that only they could have given a meaning. Where
 * it names no plug-ins all stays, so that a name that no transform has is still told.
 */
export function withoutPlugins(value: unknown, catalogue: readonly Transform[]): unknown {
  if (!isObject(value) || !('plugins' in value)) return value;
  const known = new Set(catalogue.map(({ name }) => name));
  const fields = Object.entries(withoutNames(value, known)).filter(([key]) => key !== 'plugins');
  return Object.fromEntries(
    fields.map(([key, field]) => [
      key,
      key === 'overrides' && Array.isArray(field)
        ? field.map((one: unknown) => (isObject(one) ? withoutNames(one, known) : one))
        : field,
    ]),
  );
}

/** The names in the keys that list transforms, or have them as keys; what has another shape is left for the schema to tell. */
function withoutNames(choice: Fields, known: ReadonlySet<string>): Fields {
  const kept = (key: string, value: unknown): unknown => {
    if (['only', 'skip'].includes(key) && Array.isArray(value))
      return value.filter((name) => typeof name !== 'string' || known.has(name));
    if (key === 'transforms' && isObject(value))
      return Object.fromEntries(Object.entries(value).filter(([name]) => known.has(name)));
    return value;
  };
  return Object.fromEntries(Object.entries(choice).map(([key, value]) => [key, kept(key, value)]));
}
