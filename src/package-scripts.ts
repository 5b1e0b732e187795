/** The scripts of a package.json, as those ask for them who read what `npm install` or `npm run` starts. */
import { parseObject, stringsByKey } from './json.js';

/** By name; none where the text can't be read. */
export function packageScripts(text: string | undefined): ReadonlyMap<string, string> {
  return stringsByKey(parseObject(text)?.['scripts']);
}

/** The scripts that run with one: it, and what goes before and after it. */
export function scriptsWith(name: string): readonly string[] {
  return [`pre${name}`, name, `post${name}`];
}
