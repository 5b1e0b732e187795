/** Numbers and choices that follow from a seed: the same on every machine. */
export interface Random {
  /** A whole number from 0 up to but not including `limit`. */
  below(limit: number): number;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** So many picks, at least `least` and at most `most`; one item may come twice. */
  several<T>(items: readonly T[], least: number, most: number): T[];
}

/** Mulberry32, a small generator. */
export function randomSource(seed: number): Random {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  };
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick,
    several: (items, least, most) => Array.from({ length: least + below(most - least + 1) }, () => pick(items)),
  };
}
