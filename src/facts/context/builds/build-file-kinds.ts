/** The files of a project that say how its images are built and run: one list for all who look for them. */

export type BuildFileKind = 'compose' | 'skaffold' | 'bake' | 'package' | 'make' | 'script' | 'pipeline';

const NAMES: readonly (readonly [RegExp, BuildFileKind])[] = [
  [/^(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$/, 'compose'],
  [/^skaffold.*\.ya?ml$/, 'skaffold'],
  [/^(?:docker-bake.*\.(?:hcl|json)|.*\.bake\.hcl|bake\.(?:hcl|json))$/, 'bake'],
  [/^package\.json$/, 'package'],
  [/^(?:GNU)?[mM]akefile$|\.mk$|^[jJ]ustfile$/, 'make'],
  [/\.(?:sh|bash)$|^Jenkinsfile$|^build$/, 'script'],
  [
    /^(?:\.gitlab-ci|cloudbuild.*|azure-pipelines.*|bitbucket-pipelines|\.travis|\.drone|\.woodpecker|buildspec.*|[tT]askfile)\.ya?ml$/,
    'pipeline',
  ],
];

/** Where a project keeps them, beside its root. */
const SCRIPT_FOLDERS = ['scripts', 'script', 'hack', 'ci', '.ci', 'bin', 'tools', 'build', 'docker', '.buildkite'];
/** In those of a CI every YAML file is a pipeline. */
const PIPELINE_FOLDERS = ['.github/workflows', '.circleci', '.gitlab', '.gitlab-ci', '.gitlab/ci', '.woodpecker'];

export const BUILD_FOLDERS: readonly string[] = [...SCRIPT_FOLDERS, ...PIPELINE_FOLDERS];

/** @param folder in which it lies, from the project's root; `''` is the root */
export function buildFileKind(folder: string, name: string): BuildFileKind | undefined {
  if (PIPELINE_FOLDERS.includes(folder) && /\.ya?ml$/.test(name)) return 'pipeline';
  return NAMES.find(([names]) => names.test(name))?.[1];
}
