/** The build context by the files that the instructions name: `go build main.go`, `WORKDIR ./frontend`. */
import { memoize } from '../../memoize.js';
import type { Dockerfile } from '../../dockerfile/types.js';
import { contextPath } from '../../paths.js';
import type { Search } from './search.js';

/** Of several folders, the one that holds all named files that any of them holds, and more than each other; undefined when none does. */
export function folderOfNamed(search: Search, folders: readonly string[]): string | undefined {
  const held = folders.map((folder) => {
    const tree = search.cache.tree(folder);
    return namedFiles(search.dockerfile).filter((path) => tree.exists(path) !== undefined);
  });
  const named = new Set(held.flat()).size;
  const whole = folders.filter((_, index) => held[index]?.length === named);
  return named > 0 && whole.length === 1 ? whole[0] : undefined;
}

/** Relative paths with an extension in what runs at build or start, and relative working directories. */
const namedFiles = memoize((dockerfile: Dockerfile): readonly string[] => {
  const words = dockerfile.instructions.flatMap(({ keyword, body }) =>
    keyword === 'WORKDIR'
      ? [body.text].filter((path) => !path.startsWith('/') && !path.includes('$'))
      : RUNS.has(keyword)
        ? body.text.split(/[\s"',=;()[\]]+/).filter((word) => FILE.test(word))
        : [],
  );
  return [...new Set(words.flatMap((word) => contextPath(word) ?? []))].filter((path) => path !== '');
});

const RUNS: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT']);
const FILE = /^(?:\.\/)?(?:[\w@.-]+\/)*[\w@-][\w@.-]*\.[a-z]\w{0,9}$/i;
