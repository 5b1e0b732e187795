/** Files that say that a folder is an application's, and which commands of a RUN want them. */
const MANIFESTS: readonly (readonly [file: RegExp, command: RegExp])[] = [
  [/^package\.json$/, /\b(?:npm|yarn|pnpm|bun|npx|node)\b/],
  [/^(?:requirements.*\.txt|pyproject\.toml|setup\.py|Pipfile)$/, /\b(?:pip\d*|poetry|uv|pipenv|python\d*)\b/],
  [/^go\.(?:mod|work)$/, /\bgo\s/],
  [/^pom\.xml$/, /\bmvnw?\b/],
  [/^(?:build|settings)\.gradle(?:\.kts)?$/, /\bgradlew?\b/],
  [/^Gemfile$/, /\b(?:bundle|gem|ruby)\b/],
  [/^composer\.json$/, /\bcomposer\b/],
  [/^Cargo\.toml$/, /\bcargo\b/],
  [/\.(?:cs|fs|vb)proj$|\.slnx?$/, /\bdotnet\b/],
  [/^mix\.exs$/, /\bmix\b/],
  [/^build\.sbt$/, /\bsbt\b/],
  [/^(?:GNUm|m|M)akefile$/, /\bmake\b/],
  [/^CMakeLists\.txt$/, /\bcmake\b/],
  [/^deno\.jsonc?$/, /\bdeno\b/],
  [/^pubspec\.yaml$/, /\b(?:flutter|dart)\b/],
];

/** Tests for the names of the manifests that the commands of `runs` need. */
export function wantedManifests(runs: string): readonly RegExp[] {
  return MANIFESTS.filter(([, command]) => command.test(runs)).map(([file]) => file);
}
