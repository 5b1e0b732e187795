import { memoize } from '../../memoize.js';
import type { Repository } from './types.js';

/** A file that builds or runs images: Makefile, bake and compose files, scripts, workflows. */
export interface BuildFile {
  readonly path: string;
  readonly text: string;
}

const NAMES =
  /^(?:gnu)?makefile$|\.mk$|^justfile$|^taskfile\.ya?ml$|^docker-bake(?:\.override)?\.(?:hcl|json)$|^(?:docker-)?compose[\w.-]*\.ya?ml$|\.(?:sh|bash)$/i;
const FOLDERS = ['', 'scripts', 'script', 'hack', 'build', 'docker', 'ci', '.github/workflows'];

/** Those at the root of a repository and in the folders that usually hold them. */
export const buildFiles = memoize((repository: Repository): readonly BuildFile[] =>
  FOLDERS.flatMap((folder) => {
    const isWanted = (name: string): boolean =>
      NAMES.test(name) || (folder === '.github/workflows' && /\.ya?ml$/.test(name));
    return (repository.list(folder) ?? []).filter(isWanted).flatMap((name) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const text = repository.exists(path) === 'file' ? repository.read(path) : undefined;
      return text === undefined ? [] : [{ path, text }];
    });
  }),
);
