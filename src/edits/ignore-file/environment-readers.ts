/** Whether something in a build context reads the file `.env` itself: without it, that may not start. */
import type { BuildContext } from '../../facts/context/types.js';
import { memoize } from '../../memoize.js';
import { baseName, joinPath } from '../../paths.js';

/** Programs and libraries that read `.env` at build or run time without being told to. */
const LOADERS =
  /dotenv|dotnetenv|decouple|environs|envalid|dynaconf|prefect|chainlit|pydantic[-_.]settings|django-environ|starlette|@nestjs\/config|@adonisjs|strapi|prisma|\bvite\b|react-scripts|"next"|"nuxt|@vue\/cli|vue-cli|"astro"|gatsby|"expo"|parcel|"nx"|wrangler|serverless|laravel|symfony|pipenv|foreman|"bun|node --env-file/i;

/** The text of manifests and build files names one. */
export function loadsEnvironmentFile(buildText: string): boolean {
  return LOADERS.test(buildText);
}

/** More files than this are not looked through. */
const MOST_FILES = 2000;
const READS =
  /\.(?:json5?|ya?ml|toml|dart|swift|[cm]?[jt]sx?|vue|svelte|py|rb|php|pl|go|rs|java|kts?|scala|groovy|cs|fs|exs?|erl|clj|lua|c|cc|cpp|sh|bash|zsh|ps1)$|^application.*\.(?:ya?ml|properties)$|^(?:[Mm]akefile|[Jj]ustfile|Procfile|Rakefile|[Dd]ockerfile.*|(?=[\w-]*entrypoint)[\w-]+)$/;
const NAMES = /(?:^|[\s"'`=:,(/])\.env(?![\w.-])|load_?env_?file|dotenv/im;

/** Lock files say what libraries come with those that a manifest names. */
const LOCK = /^(?:.*[-.]lock(?:\.\w+)?|npm-shrinkwrap\.json|go\.sum|pnpm-lock\.yaml)$/;

/** For whoever starts containers, pipelines or an editor: they read their own `.env`, outside the image. */
const OUTSIDE =
  /(?:^|\/)(?:\.(?:github|gitlab|circleci|vscode|idea|devcontainer)\/|(?:docker-)?compose[^/]*\.ya?ml$|\.gitlab-ci\.ya?ml$)/;

/** Some file does, or there are too many to tell. */
export const readsEnvironmentFile = memoize((context: BuildContext): boolean => {
  let seen = 0;
  for (const path of filesIn(context, '')) {
    if (++seen > MOST_FILES) return true;
    const name = baseName(path);
    if (OUTSIDE.test(path)) continue;
    if ((READS.test(name) || LOCK.test(name)) && NAMES.test(context.read(path) ?? '')) return true;
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
