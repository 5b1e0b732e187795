import { rows } from './rows.js';
import type { Row } from './types.js';

/** Compilers, build tools and what tests or measures. */
export const buildRows: readonly Row[] = [
  ...rows('gcc g++ clang', { keepsDirectories: true, versioned: 'dashed', groups: ['compiler', 'apt-free'] }),
  ...rows('cc c++ rustc javac', { keepsDirectories: true, groups: ['compiler', 'apt-free'] }),
  ...rows('ghc nim ldc2 dub zig', { groups: ['compiler', 'apt-free'] }),
  {
    name: 'make',
    aliases: ['gmake'],
    valued: ['-C', '-f', '-j', '-I', '-o', '-W', '-l', '--directory', '--file', '--makefile'],
    groups: ['compiler', 'builder', 'fills', 'apt-free'],
    calls: { project: 'make' },
  },
  { name: 'cmake', groups: ['compiler', 'builder', 'fills', 'apt-free'] },
  ...rows('swift cabal crystal', { groups: ['compiler', 'builder', 'apt-free'] }),
  { name: 'stack', groups: ['compiler', 'builder', 'apt-free'], home: ['install', 'setup'] },
  {
    name: 'mvn',
    aliases: ['mvnw'],
    unbundled: true,
    valued: [
      ...['-f', '--file', '-s', '--settings', '-gs', '--global-settings', '-P', '--activate-profiles'],
      ...['-pl', '--projects', '-T', '--threads', '-l'],
    ],
    groups: ['builder', 'fills', 'apt-free'],
  },
  {
    name: 'gradle',
    aliases: ['gradlew'],
    unbundled: true,
    valued: ['-p', '--project-dir', '-b', '-c', '-I', '-g', '--configuration', '-x'],
    groups: ['builder', 'fills', 'apt-free'],
  },
  { name: 'lein', groups: ['builder', 'apt-free'], home: [] },
  { name: 'mix', groups: ['builder', 'apt-free'], home: ['local'] },
  { name: 'go-wrapper', groups: ['builder', 'apt-free'], brings: { language: 'compiled', by: ['install', 'get'] } },
  ...rows('sbt iex gox revel rebar3 dep glide', { groups: ['builder', 'apt-free'] }),
  ...rows('ctest nunit3-console hackbench stress stress-ng ab wrk', { groups: ['tester', 'apt-free'] }),
  ...rows(
    'configure autogen.sh buildconf autoreconf autoconf automake aclocal autoheader libtoolize gettextize autopoint',
    {
      groups: ['apt-free'],
    },
  ),
  ...rows('meson ninja scons bazel buck qmake premake waf xmake pkg-config protoc flex bison swig ccache', {
    groups: ['apt-free'],
  }),
  ...rows('ld ldd strip objcopy objdump nm ranlib readelf as install_name_tool patchelf gold lld', {
    groups: ['apt-free'],
  }),
  ...rows('ant kotlinc scalac groovy jar jlink jdeps keytool update-java-alternatives jshell', {
    groups: ['apt-free'],
  }),
];
