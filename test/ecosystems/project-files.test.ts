import { describe, expect, it } from 'vitest';
import { rowOf } from '../../src/commands/catalogue/index.js';
import { ecosystems } from '../../src/ecosystems/index.js';
import { isBuildFile, isProjectFile, wantedManifests } from '../../src/ecosystems/project-files.js';

describe('the records of package managers', () => {
  const managers = ecosystems.flatMap((ecosystem) => ecosystem.managers);

  it.each(managers.map(({ program }) => [program]))('%s has a row in the catalogue of programs', (program) => {
    expect(rowOf(program)?.name).toBe(program);
  });

  it('name each program, manifest and output once', () => {
    const unique = (names: readonly string[]): void => {
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    };
    unique(managers.map(({ program }) => program));
    unique(managers.map(({ name }) => name));
    unique(ecosystems.flatMap(({ manifests }) => manifests));
    for (const { outputs = [] } of ecosystems) unique(outputs.map(({ folder }) => folder));
  });
});

it.each([
  ['npm ci', 'package.json', true],
  ['npm ci', 'go.mod', false],
  ['node_modules/.bin/tsc', 'package.json', false],
  ['pip3 install -r r.txt', 'requirements-dev.txt', true],
  ['python manage.py', 'Pipfile', true],
  ['mvn dependency:go-offline', 'pom.xml', true],
  ['mvn dependency:go-offline', 'go.mod', false],
  ['go build', 'go.work', true],
  ['dotnet publish', 'Api.csproj', true],
  ['dotnet publish', 'Apicsproj', false],
  ['make all', 'GNUmakefile', true],
  ['gradlew build', 'settings.gradle.kts', true],
])('`%s` wants %s: %s', (runs, name, wanted) => {
  expect(wantedManifests(runs)(name)).toBe(wanted);
});

it.each(['package.json', 'setup.cfg', 'Pipfile', 'build.rs', 'x.gemspec', 'CMakeLists.txt', 'Directory.Build.props'])(
  '%s says how a project is built',
  (name) => {
    expect(isBuildFile(name)).toBe(true);
    expect(isProjectFile(name)).toBe(true);
    expect(isBuildFile(`x${name}.md`)).toBe(false);
  },
);

describe('files of a project by their names', () => {
  it.each([
    'package-lock.json',
    'package*.json',
    'package*',
    'pnpm-lock*',
    'yarn.lock*',
    '.npmrc',
    'requirements*',
    'requirements-dev.txt',
    'Gemfile*',
    'Pipfile.*',
    'composer.*',
    'Cargo.lock',
    'go.*',
    'mix.*',
    '*.csproj',
    'tsconfig.build.json',
    'gradle*',
  ])('%s', (name) => {
    expect(isProjectFile(name)).toBe(true);
  });

  it.each(['packages', 'app*', 'go*', 'yarn*', 'build*', '*', '*.json', 'src', 'lock', 'index.js', 'mixer*'])(
    'not %s',
    (name) => {
      expect(isProjectFile(name)).toBe(false);
    },
  );
});
