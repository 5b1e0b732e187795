/** Parts of a JSON or YAML document, of which nothing is known before. */
export type Json = Readonly<Record<string, unknown>>;

/** What `read` gives, where it is an object; undefined where it throws. */
export function readObject(read: () => unknown): Json | undefined {
  try {
    return objectOf(read());
  } catch {
    return undefined;
  }
}

/** A JSON text as an object; undefined where it is none. */
export function parseObject(text: string | undefined): Json | undefined {
  return text === undefined ? undefined : readObject(() => JSON.parse(text) as unknown);
}

export function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The strings of an object, by key. */
export function stringsByKey(value: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(objectOf(value) ?? {});
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The strings of a list; undefined where it is none. */
export function listOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

/** The objects in a list, or among the values of an object. */
export function objectsIn(value: unknown): readonly Json[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(objectOf(value) ?? {});
  return items.map(objectOf).filter((item) => item !== undefined);
}
