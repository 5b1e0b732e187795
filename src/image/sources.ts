/** Which files of the build context that programs are made from name apt. */
import { mentionsApt, mentionsAptInYaml } from '../commands/apt/mention.js';
import type { Sources } from '../commands/apt/scene.js';
import type { BuildContext } from '../facts/context/types.js';
import { memoize } from '../memoize.js';
import { baseName } from '../paths.js';

const LANGUAGES: Readonly<Record<string, RegExp>> = {
  python: /\.(?:py|pyx|toml|cfg)$/,
  node: /\.[cm]?[jt]sx?$/,
  ruby: /\.(?:rb|rake|gemspec|ru)$|(?:^|\/)(?:Rakefile|Gemfile)$/,
  php: /\.php$|(?:^|\/)(?:artisan|composer\.json)$/,
  java: /\.(?:java|kt|kts|scala|groovy|gradle)$/,
  dotnet: /\.(?:cs|fs|vb|csproj)$/,
  yaml: /\.ya?ml$/,
  make: /(?:^|\/)(?:GNUm|[mM])akefile[^/]*$|\.mk$/,
};
/** Programs, and what starts them; documents and Dockerfiles are none. */
const PROGRAM =
  /\.(?:py|rb|rake|ru|[cm]?[jt]sx?|php|pl|pm|lua|R|go|rs|c|cc|cpp|h|java|kts?|scala|groovy|gradle|cs|fs|vb|exs?|erl|hs|sh|bash|conf|ini|mk|service|toml|cfg)$|(?:^|\/)(?:(?:GNUm|[mM])akefile[^/]*|Rakefile|Gemfile|Procfile|artisan|composer\.json|configure|[a-z][\w-]*)$/;
const NO_PROGRAM = /(?:^|\/)(?:\.git|node_modules|vendor)\/|(?:^|\/)(?:LICENSE|Dockerfile)[^/]*$/;
/** Of a forge or its continuous runs, which find them by these names: they say what runs there, not in the image. */
const OF_FORGES =
  /(?:^|\/)(?:\.(?:github|gitlab|gitea|forgejo|circleci|buildkite|woodpecker|semaphore|azure-pipelines)\/|(?:\.gitlab-ci[^/]*|\.travis|\.?appveyor|\.?azure-pipelines[^/]*|bitbucket-pipelines|\.drone|\.woodpecker|\.cirrus|\.readthedocs|\.?codecov)\.ya?ml$)/;
const MOST_FILES = 3000;

/** @param context undefined: not known, so that nothing of it speaks against a program */
export function sourcesOf(context: BuildContext | undefined): Sources {
  return context === undefined ? NOTHING_KNOWN : sourcesOfContext(context);
}

const NOTHING_KNOWN: Sources = { known: false, mention: () => undefined, says: () => undefined };

const sourcesOfContext = memoize((context: BuildContext): Sources => {
  const found = new Map<string, string | undefined>();
  return {
    // A folder without any program is no build context: what is copied comes from elsewhere.
    known: context.complete && programsIn(context)?.length !== 0,
    mention(kind) {
      if (!found.has(kind)) found.set(kind, mentionIn(context, kind));
      return found.get(kind);
    },
    says: (pattern) =>
      ['package.json', ...(programsIn(context) ?? [])].find((path) => pattern.test(context.read(path) ?? '')),
  };
});

function mentionIn(context: BuildContext, kind: string): string | undefined {
  const files = programsIn(context);
  if (files === undefined) return 'the build context, which is too large to be searched';
  const isCode = (path: string): boolean => LANGUAGES[kind]?.test(path) ?? true;
  const naming =
    kind === 'yaml' ? files.filter((path) => mentionsAptInYaml(context.read(path) ?? '')) : namingApt(context);
  if (naming.length === 0) return undefined;
  // The configuration of a service or a job says what it runs, which may be any of the files.
  if (kind === 'configured') return naming[0];
  const code = files.filter((path) => isCode(path) && !isScript(path));
  const own = naming.find((path) => code.includes(path));
  if (own !== undefined) return own;
  return naming.find((path) => code.some((one) => (context.read(one) ?? '').includes(baseName(path))));
}

const namingApt = memoize((context: BuildContext): readonly string[] =>
  (programsIn(context) ?? []).filter((path) => mentionsApt(context.read(path) ?? '')),
);

/** A shell script: it runs where something names it. */
function isScript(path: string): boolean {
  return (
    /\.(?:sh|bash)$/.test(path) ||
    !/\.|(?:^|\/)(?:(?:GNUm|[mM])akefile|Rakefile|Gemfile|Procfile|artisan)/.test(baseName(path))
  );
}

const programsIn = memoize((context: BuildContext): readonly string[] | undefined => {
  const all = context.glob('**');
  const files = all?.filter(
    (path) =>
      (PROGRAM.test(path) || /\.ya?ml$/.test(path)) &&
      !NO_PROGRAM.test(path) &&
      !OF_FORGES.test(path) &&
      path !== context.dockerfile &&
      context.exists(path) === 'file',
  );
  return files === undefined || files.length > MOST_FILES ? undefined : files;
});
