/** Kept for an answer that is undefined, so that one look tells it from none. */
const NOTHING = Symbol('undefined');

/** The function, asked once for each object. What it gives must depend on nothing else; it is kept as long as the object. */
export function memoize<K extends object, V>(answer: (key: K) => V): (key: K) => V {
  const answers = new WeakMap<K, V | typeof NOTHING>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known === NOTHING ? (undefined as V) : known;
    const value = answer(key);
    answers.set(key, value === undefined ? NOTHING : value);
    return value;
  };
}
