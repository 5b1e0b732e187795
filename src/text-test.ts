// Questions to a text in which one word comes some way after another. A pattern with a quantifier between the two looks for the second
// from every place where the first one is, which takes time by the square of the length; these look once in each part.

/** Tells whether a text has something: what a RegExp can be asked, too. */
export interface TextTest {
  test(text: string): boolean;
}

/** One part of the text, between separators, has the first and somewhere after it the second. */
export function followed(first: RegExp, second: RegExp, separator: RegExp): TextTest {
  return {
    test: (text) =>
      text.split(separator).some((part) => {
        const at = part.search(first);
        return at >= 0 && second.test(part.slice(at));
      }),
  };
}

export function either(...tests: readonly TextTest[]): TextTest {
  return { test: (text) => tests.some((one) => one.test(text)) };
}
