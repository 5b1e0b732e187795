import { rows } from './rows.js';
import type { Row } from './types.js';

/** Compilers, build tools and what tests or measures. */
export const buildRows: readonly Row[] = [
  ...rows('gcc g++ clang', { versioned: 'dashed', groups: ['compiler'] }),
  ...rows('cc c++ ghc nim ldc2 dub rustc zig javac', { groups: ['compiler'] }),
  ...rows('make cmake', { groups: ['compiler', 'builder', 'fills'] }),
  ...rows('swift cabal crystal', { groups: ['compiler', 'builder'] }),
  { name: 'stack', groups: ['compiler', 'builder'], home: ['install', 'setup'] },
  {
    name: 'mvn',
    aliases: ['mvnw'],
    unbundled: true,
    valued: [
      ...['-f', '--file', '-s', '--settings', '-gs', '--global-settings', '-P', '--activate-profiles'],
      ...['-pl', '--projects', '-T', '--threads', '-l'],
    ],
    groups: ['builder', 'fills'],
  },
  {
    name: 'gradle',
    aliases: ['gradlew'],
    unbundled: true,
    valued: ['-p', '--project-dir', '-b', '-c', '-I', '-g', '--configuration', '-x'],
    groups: ['builder', 'fills'],
  },
  { name: 'lein', groups: ['builder'], home: [] },
  { name: 'mix', groups: ['builder'], home: ['local'] },
  { name: 'go-wrapper', groups: ['builder'], brings: { language: 'compiled', by: ['install', 'get'] } },
  ...rows('sbt iex gox revel rebar3 dep glide', { groups: ['builder'] }),
  ...rows('ctest nunit3-console hackbench stress stress-ng ab wrk', { groups: ['tester'] }),
];
