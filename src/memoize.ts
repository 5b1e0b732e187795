/** The function, asked once for each object. What it gives must depend on nothing else; it is kept as long as the object. */
export function memoize<K extends object, V>(answer: (key: K) => V): (key: K) => V {
  const answers = new WeakMap<K, V>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known as V;
    const value = answer(key);
    answers.set(key, value);
    return value;
  };
}
