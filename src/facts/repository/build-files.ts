import { memoize } from '../../memoize.js';
import { joinPath } from '../../paths.js';
import { BUILD_FOLDERS, buildFileKind, type BuildFileKind } from '../context/builds/build-file-kinds.js';
import type { Repository } from './types.js';

/** A file that builds or runs images: Makefile, bake and compose files, scripts, pipelines. */
export interface BuildFile {
  readonly path: string;
  readonly kind: BuildFileKind;
  readonly text: string;
}

/** Those at the root of a repository and in the folders that usually hold them. */
export const buildFiles = memoize((repository: Repository): readonly BuildFile[] =>
  ['', ...BUILD_FOLDERS].flatMap((folder) =>
    (repository.list(folder) ?? []).flatMap((name) => {
      const path = joinPath(folder, name);
      const kind = buildFileKind(folder, name);
      const text = kind !== undefined && repository.exists(path) === 'file' ? repository.read(path) : undefined;
      return kind === undefined || text === undefined ? [] : [{ path, kind, text }];
    }),
  ),
);
