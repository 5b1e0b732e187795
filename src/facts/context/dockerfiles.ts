/** Which files are Dockerfiles, by their names alone. */
import { joinPath } from '../../paths.js';
import type { Listing } from './glob.js';
import { isTemplateName } from './templates.js';

const DOCKERFILE = /^(?:dockerfile|containerfile)(?:[._-].+)?$|\.(?:dockerfile|containerfile)$/i;
/** Files about a Dockerfile, data and programs that have its name, and what editors and merges leave beside one. */
const COMPANION =
  /\.(?:dockerignore|containerignore|md|markdown|rst|txt|ya?ml|json|sh|ps1|orig|rej|bak|sw[a-p]|tmp)$|~$|[._](?:BACKUP|BASE|LOCAL|REMOTE)[._]\d+$/i;
/**
 * Programs and data about Dockerfiles: `dockerfile-parser.js`, `dockerfile_lint.py`. After a dot the same ending is a purpose:
 * `Dockerfile.py`. What slips through has no FROM, and is skipped for that.
 */
const PROGRAM =
  /^[a-z]+[-_].*\.(?:[cm]?[jt]sx?|py|go|rb|rs|java|kts?|scala|cs|php|sh|bash|ps1|lua|pl|c|cc|cpp|h|hs|el|vim|json|ya?ml|toml|xml|html?|css|svg|png|jpe?g|gif|pdf)$/i;

/** True for the names that Dockerfiles have: `Dockerfile`, `Dockerfile.dev`, `Dockerfile-py3.8`, `api.Dockerfile`, `Containerfile`. */
export function isDockerfileName(name: string): boolean {
  return DOCKERFILE.test(name) && !COMPANION.test(name) && !PROGRAM.test(name) && !isTemplateName(name);
}

/** True for a template that a Dockerfile is made from: `Dockerfile.j2`. */
export function isDockerfileTemplate(name: string): boolean {
  return DOCKERFILE.test(name) && isTemplateName(name);
}

interface DockerfileTree extends Listing {
  /** Directory that is a symbolic link: it is not walked. */
  isLink(path: string): boolean;
}

const MAX_DIRECTORIES = 2_000;
const DEEP_FOLDERS = new Set(['node_modules', '.git', 'vendor', '.venv', 'target', 'dist']);

/** The Dockerfiles of a tree of files, at most three directories deep, sorted. */
export function findDockerfiles(tree: DockerfileTree): readonly string[] {
  const found: string[] = [];
  let folders = [''];
  let visited = 0;
  for (let depth = 0; depth <= 3; depth++) {
    const below: string[] = [];
    for (const folder of folders) {
      if (++visited > MAX_DIRECTORIES) return found.sort();
      for (const name of tree.list(folder) ?? []) {
        const path = joinPath(folder, name);
        const kind = tree.exists(path);
        if (kind === 'file' && isDockerfileName(name)) found.push(path);
        if (kind === 'directory' && !DEEP_FOLDERS.has(name) && !tree.isLink(path)) below.push(path);
      }
    }
    folders = below;
  }
  return found.sort();
}
