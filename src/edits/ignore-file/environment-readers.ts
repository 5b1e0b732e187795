/** Whether something in a build context reads the file `.env` itself: without it, that may not start. */
import type { BuildContext } from '../../facts/context/types.js';
import { memoize } from '../../memoize.js';
import { baseName, joinPath } from '../../paths.js';

/** More files than this are not looked through. */
const MOST_FILES = 2000;
const READS =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|rb|php|pl|go|rs|java|kts?|scala|groovy|cs|fs|exs?|erl|clj|lua|c|cc|cpp|sh|bash|zsh|ps1)$|^(?:[Mm]akefile|[Jj]ustfile|Procfile|Rakefile|[Dd]ockerfile.*|(?=[\w-]*entrypoint)[\w-]+)$/;
const NAMES = /(?:^|[\s"'`=(/])\.env(?![\w.-])|load_?env_?file|dotenv/im;

/** Some file does, or there are too many to tell. */
export const readsEnvironmentFile = memoize((context: BuildContext): boolean => {
  let seen = 0;
  for (const path of filesIn(context, '')) {
    if (++seen > MOST_FILES) return true;
    if (READS.test(baseName(path)) && NAMES.test(context.read(path) ?? '')) return true;
  }
  return false;
});

function* filesIn(context: BuildContext, folder: string): Iterable<string> {
  for (const name of context.list(folder) ?? []) {
    const path = joinPath(folder, name);
    if (context.exists(path) === 'file') yield path;
    else if (name !== 'node_modules' && name !== '.git') yield* filesIn(context, path);
  }
}
