const DOCKERFILE = /^(?:dockerfile|containerfile)(?:\..+|[-_][\w-]+)?$|\.(?:dockerfile|containerfile)$/i;
/** Files about a Dockerfile, and what editors leave behind. */
const COMPANION = /\.(?:dockerignore|containerignore|md|orig|rej|bak|swp|tmp)$|~$/i;

/** True for the names that Dockerfiles have: `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, `Containerfile`. */
export function looksLikeDockerfile(name: string): boolean {
  return DOCKERFILE.test(name) && !COMPANION.test(name);
}

/** Folders with Dockerfiles of other projects. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git', 'vendor']);
