/** Folders whose files a program's tests read as input, or compare with what the program writes. */

/** Names that mean this wherever they are: the go tool's, Jest's, jscodeshift's, and that of hand-written test suites. */
const ALWAYS: ReadonlySet<string> = new Set([
  'testdata',
  'testfiles',
  '__fixtures__',
  '__snapshots__',
  '__testfixtures__',
]);
const IN_TESTS: ReadonlySet<string> = new Set(['fixtures', 'snapshots', 'golden', 'expected', 'data']);
const TESTS: ReadonlySet<string> = new Set(['test', 'tests', '__tests__', 'spec', 'specs']);

/** @param folder relative to the named folder, `/` between names */
export function isInTests(folder: string): boolean {
  return folder.split('/').some((name) => TESTS.has(name));
}

/** The name of the folder of test data that a folder is in. @param folder relative to the named folder, `/` between names */
export function testDataFolder(folder: string): string | undefined {
  const names = folder.split('/');
  return names.find((name, at) => ALWAYS.has(name) || (IN_TESTS.has(name) && isInTests(names.slice(0, at).join('/'))));
}

/** An ARG or a FROM with `x`s for a version: `ARG NODE_VERSION=xxx`, `FROM ruby:x.x.x-slim`. */
const STAND_IN = /^[ \t]*(?:ARG[ \t]+\w*VERSION=["']?|FROM[ \t]+[\w./-]+:)(x+(?:\.x+)*)(?![\w.])/m;

/**
 * The stand-in for a version in a file of a tests folder: nobody builds it, a test compares it with what a program writes.
 * @param folder as for `testDataFolder`
 */
export function standIn(folder: string, text: string): string | undefined {
  return isInTests(folder) ? STAND_IN.exec(text)?.[1] : undefined;
}
