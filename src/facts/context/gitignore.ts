/** What git leaves out of a folder, by the .gitignore files in it and above it. */
import ignore from 'ignore';
import { memoize } from '../../memoize.js';

/** A .gitignore file that counts for a folder. */
export interface GitignoreFile {
  /** Path of the folder from that of the file: `''` where the file lies in it, `api/` where it lies above. */
  readonly prefix: string;
  readonly text: string;
}

/** @param files the innermost first: the first with a rule for the path decides, as in git */
export function gitignores(files: readonly GitignoreFile[], path: string): boolean {
  for (const file of files) {
    const rules = rulesOf(file);
    // Whoever tracks files of a folder that is ignored as a whole says nothing of any of them.
    if (file.prefix !== '' && rules.ignores(file.prefix)) continue;
    const { ignored, unignored } = rules.test(file.prefix + path);
    if (ignored || unignored) return ignored;
  }
  return false;
}

const rulesOf = memoize(({ text }: GitignoreFile) => ignore().add(text));
