import { describe, expect, it } from 'vitest';
import { memoryContext } from '../../src/facts/context/memory.js';
import { readInstall } from '../../src/ecosystems/installs.js';
import { isLocalPackage } from '../../src/ecosystems/project/local-dependencies.js';
import type { Install, Project } from '../../src/ecosystems/project/types.js';

function read(line: string, env: Record<string, string> = {}): Install | 'independent' | undefined {
  const [program = '', ...args] = line.split(' ');
  return readInstall({ program, args, env: new Map(Object.entries(env)) });
}

function project(files: Record<string, string>, directory = ''): Project {
  const context = memoryContext(files, { origin: 'the test' });
  return { context, directory, root: '', resolve: (path) => (directory === '' ? path : `${directory}/${path}`) };
}

function inputs(line: string, files: Record<string, string>, directory = ''): unknown {
  const install = read(line);
  if (install === undefined || install === 'independent') throw new Error(`${line} is no install`);
  const found = install.inputs(project(files, directory));
  return 'reason' in found ? found.code : [...found.files, ...(found.directories ?? []).map((name) => `${name}/`)];
}

describe('commands', () => {
  it.each([
    'npm ci',
    'npm i',
    'npm --omit=dev ci',
    'npm install --omit dev --no-audit',
    'yarn',
    'yarn install --production',
    'yarn --frozen-lockfile',
    'pnpm i --prod',
    'pnpm fetch',
    'bun install --frozen-lockfile',
    'pip install -r requirements.txt',
    'pip3 install -rrequirements.txt --no-cache-dir',
    'python -m pip install --requirement=a.txt',
    'python3.12 -u -m pip install -qr a.txt',
    'pip3.11 install -r requirements.txt',
    'uv --no-cache pip install -r requirements.txt',
    'python -m poetry install --no-root',
    'corepack yarn install',
    'mvnw -gs settings.xml dependency:go-offline',
    'go -C api mod download',
    'cargo +nightly fetch',
    'bundle _2.4.1_ install',
    'php /usr/local/bin/composer install',
    'uv pip install --system -r requirements.txt',
    'uv sync --frozen',
    'poetry install --no-root',
    'pipenv sync --system',
    'go mod download -x',
    'go mod download -modfile=tools.mod',
    'dotnet tool restore',
    'corepack install',
    'poetry lock',
    'bundle',
    'bundle install --jobs 4',
    'composer install --no-scripts',
    'php composer.phar install',
    'mvn -B dependency:go-offline',
    'dotnet restore Api/Api.csproj',
    'mix deps.get --only prod',
    'cargo fetch --locked',
    'cargo install cargo-chef',
    'gradle dependencies --no-daemon',
  ])('%s installs a project', (line) => {
    expect(read(line)).toHaveProperty('manager');
  });

  it.each([
    'npm install -g npm@11',
    'npm cache clean --force',
    'npm config set registry https://example.com',
    'yarn global add @vue/cli',
    'pip install flask gunicorn==23',
    'pip install git+https://github.com/a/b.git',
    'pip install --upgrade pip',
    'go install github.com/a/b@latest',
    'go install -ldflags=-s github.com/a/b@v1.2.3',
    'bundle config set without development',
    'poetry config virtualenvs.create false',
    'mix local.hex --force',
  ])('%s needs nothing of the project', (line) => {
    expect(read(line)).toBe('independent');
  });

  it.each([
    'npm run build',
    'npm install express',
    'npm install -g .',
    'npm install -g ./tool.tgz',
    'yarn build',
    'yarn add left-pad',
    'pnpm run build',
    'pip download flask',
    'pip install --target lib flask',
    'go build ./...',
    'go install ./...',
    'go install -ldflags=-s',
    'go mod tidy',
    'dotnet restore --configfile ci/NuGet.Config',
    'corepack use pnpm@10',
    'python -c pip install -r a.txt',
    'bundle exec rake',
    'composer update',
    'mvn package',
    'mvn dependency:go-offline package',
    'gradle build',
    'cargo build --release',
    'dotnet publish -c Release',
    'mix do deps.get, compile',
    'python setup.py install',
  ])('%s is not known', (line) => {
    expect(read(line)).toBeUndefined();
  });
});

describe('what an install reads', () => {
  const manifest = (more: object): string => JSON.stringify({ name: 'a', ...more });

  it('takes the lock file that counts, and settings', () => {
    const files = {
      'package.json': '{}',
      'package-lock.json': '',
      'npm-shrinkwrap.json': '',
      '.npmrc': '',
      'yarn.lock': '',
    };
    expect(inputs('npm ci', files)).toEqual(['package.json', 'npm-shrinkwrap.json', '.npmrc']);
  });

  it('does not take what the ignore file keeps out', () => {
    expect(inputs('npm install', { 'package.json': '{}', '.npmrc': '', '.dockerignore': '.npmrc\n' })).toEqual([
      'package.json',
    ]);
  });

  it.each([
    ['husky || true', ['package.json']],
    ['is-ci || husky install', ['package.json']],
    ['npx only-allow pnpm', ['package.json']],
    ['patch-package', ['package.json', 'patches/']],
    ['prisma generate --schema db/schema.prisma', ['package.json', 'db/schema.prisma']],
    ['npm run again', 'install-scripts'],
    ['node build.js', 'install-scripts'],
    ['node hello.js', ['package.json', 'hello.js']],
    ['tsc && patch-package', 'install-scripts'],
    ['$TOOL', 'install-scripts'],
  ])('knows what `%s` reads', (script, expected) => {
    const files = {
      'package.json': manifest({ scripts: { postinstall: script, again: 'npm run again' } }),
      'patches/a.patch': '',
      'db/schema.prisma': '',
      'build.js': "require('glob').sync('src/*');",
      'hello.js': "console.log('hello');",
    };
    expect(inputs('npm install', files)).toEqual(expected);
  });

  it('does not care about scripts that are not run', () => {
    const files = { 'package.json': manifest({ scripts: { postinstall: 'node x.js', build: 'tsc' } }) };
    expect(inputs('npm install --ignore-scripts', files)).toEqual(['package.json']);
  });

  it('refuses hooks while the repository is copied too', () => {
    const files = { 'package.json': manifest({ scripts: { prepare: 'husky' } }), '.git/HEAD': '' };
    expect(inputs('npm install', files)).toBe('install-scripts');
    expect(inputs('npm install', { ...files, '.dockerignore': '.git\n' })).toEqual(['package.json']);
  });

  it('takes archives of dependencies and refuses folders', () => {
    const files = { 'package.json': manifest({ dependencies: { a: 'file:./lib/a.tgz' } }), 'lib/a.tgz': '' };
    expect(inputs('npm install', files)).toEqual(['package.json', 'lib/a.tgz']);
    for (const version of ['file:../a', 'link:a', './a', 'portal:a'])
      expect(inputs('yarn', { 'package.json': manifest({ devDependencies: { a: version } }) })).toBe(
        'local-dependency',
      );
  });

  it('reads manifests that are no objects as missing', () => {
    for (const text of ['', '[]', '"a"', 'null', '{'])
      expect(inputs('npm install', { 'package.json': text })).toBe('manifest-missing');
  });

  it('does not follow requirements in a circle', () => {
    expect(inputs('pip install -r a.txt', { 'a.txt': '-r b.txt\n', 'b.txt': '-r a.txt\n' })).toEqual([
      'a.txt',
      'b.txt',
    ]);
  });

  it('takes the toolchain that an install of a tool obeys', () => {
    expect(inputs('cargo install cargo-chef', { 'Cargo.toml': '', 'rust-toolchain.toml': '' })).toEqual([
      'rust-toolchain.toml',
    ]);
  });

  it('finds poms of modules and parents', () => {
    const files = {
      'app/pom.xml': '<project><parent><relativePath>../parent/pom.xml</relativePath></parent></project>',
      'parent/pom.xml': '<project/>',
    };
    expect(inputs('mvn dependency:go-offline', files, 'app')).toEqual(['app/pom.xml', 'parent/pom.xml']);
  });
});

describe('requirement lines', () => {
  it.each([
    '.',
    './lib',
    '../lib',
    'lib/',
    '-e .',
    '-e ./lib',
    'dist/a-1.whl',
    'a @ file:///src/a',
    'a[fast, safe] @ file:///src/a',
    'a @ git+file:///src/a',
    'a @ ./libs/a',
    '--find-links wheels',
    '.[dev]',
  ])('%s is a local package', (line) => {
    expect(isLocalPackage(line)).toBe(true);
  });

  it.each([
    'flask',
    'flask[async]==3.1; python_version > "3.8"',
    'a @ https://example.com/a.whl',
    'a[fast] @ https://example.com/a.whl',
    'git+https://github.com/a/b.git@v1#egg=b',
    '-e git+https://github.com/a/b.git#egg=b',
    'https://example.com/a.tar.gz',
    '--extra-index-url https://example.com/simple',
    '--hash=sha256:00',
  ])('%s is not', (line) => {
    expect(isLocalPackage(line)).toBe(false);
  });
});
