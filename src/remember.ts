/** The function, asked once for each object. What it gives must depend on nothing else; it is kept as long as the object. */
export function remember<K extends object, V>(answer: (key: K) => V): (key: K) => V {
  const answers = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let known = answers.get(key);
    if (known === undefined) answers.set(key, (known = { value: answer(key) }));
    return known.value;
  };
}
