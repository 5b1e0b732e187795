/** Named values in force at one point. A `ReadonlyMap<string, string>` is one. */
export interface Variables {
  readonly get: (name: string) => string | undefined;
  readonly has: (name: string) => boolean;
  readonly entries: () => Iterable<[string, string]>;
}

interface Entry {
  readonly at: number;
  readonly value: string | undefined;
}

/**
 * Values that change along a stage. Every point of it keeps a view of its own for the price of one entry, so that a file of
 * thousands of ENV lines stays linear.
 */
export interface History {
  readonly parent: Variables | undefined;
  readonly values: Map<string, Entry[]>;
  at: number;
  /** Of this point: most instructions set no variable, and share it with the one before. */
  view: Variables | undefined;
}

export function startHistory(parent?: Variables): History {
  return { parent, values: new Map(), at: 0, view: undefined };
}

/** Sets a value from the next view on; undefined takes it away. */
export function record(history: History, name: string, value: string | undefined): void {
  history.at++;
  history.view = undefined;
  const entries = history.values.get(name) ?? [];
  entries.push({ at: history.at, value });
  history.values.set(name, entries);
}

export function viewOf(history: History): Variables {
  return (history.view ??= makeView(history));
}

function makeView(history: History): Variables {
  const { at, values, parent } = history;
  const get = (name: string): string | undefined => {
    const entry = lastUpTo(values.get(name), at);
    return entry === undefined ? parent?.get(name) : entry.value;
  };
  return {
    get,
    has: (name) => get(name) !== undefined,
    entries: () => {
      const names = new Set([...(parent?.entries() ?? [])].map(([name]) => name));
      for (const name of values.keys()) names.add(name);
      return [...names].flatMap((name): [string, string][] => {
        const value = get(name);
        return value === undefined ? [] : [[name, value]];
      });
    },
  };
}

function lastUpTo(entries: readonly Entry[] | undefined, at: number): Entry | undefined {
  if (entries === undefined) return undefined;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1];
}
