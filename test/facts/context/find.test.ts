import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../../src/dockerfile/parse.js';
import { wantedManifests } from '../../../src/ecosystems/project-files.js';
import { findContext } from '../../../src/facts/context/find.js';
import { isRefusal } from '../../../src/refusal.js';

const base = mkdtempSync(join(tmpdir(), 'dockmod-find-'));
let count = 0;

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

/** The context found for the Dockerfile, relative to the root, and whether it is complete; or the reason. */
function find(path: string, text: string, others: Readonly<Record<string, string>>, explicit?: string): string {
  const root = join(base, String(count++));
  for (const [name, content] of Object.entries({ [path]: text, ...others })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const options = { root, explicit: explicit && join(root, explicit), wantedManifests };
  const found = findContext(join(root, path), parseDockerfile(text), options);
  if (isRefusal(found)) return found.reason;
  const { context } = found;
  const folder = [
    ...folders(join(root, dirname(path)), root),
    ...(explicit === undefined ? [] : [join(root, explicit)]),
  ].find((one) => context.dockerfile !== undefined && join(one, context.dockerfile) === join(root, path));
  const name = folder === undefined ? 'elsewhere' : relative(root, folder) || '.';
  return `${name}, ${context.origin}${context.complete ? '' : ', partial'}`;
}

function folders(start: string, root: string): string[] {
  return start === root ? [start] : [start, ...folders(dirname(start), root)];
}

const whole = 'FROM node\nCOPY . .\nRUN npm ci\n';

it('takes the folder of the Dockerfile when its sources are there', () => {
  expect(find('app/Dockerfile', 'FROM a\nCOPY a.txt b* /\n', { 'app/a.txt': '', 'app/bc': '', 'a.txt': '' })).toBe(
    "app, the Dockerfile's folder",
  );
});

it('goes up to where the sources are', () => {
  expect(find('docker/Dockerfile', 'FROM a\nCOPY src /src\n', { 'src/x': '', 'docker/entry.sh': '' })).toMatch(
    /^\., the folder \d+ above it$/,
  );
});

it('takes no folder for the application that holds nothing but Dockerfiles and what lies around them', () => {
  for (const beside of ['Dockerfile.dev', 'Dockerfile.orig', 'Dockerfile.md', 'README.md'])
    expect(find('x/Dockerfile', 'FROM a\nCOPY . .\n', { [`x/${beside}`]: '' })).toMatch(/^it copies a whole folder/);
  expect(find('x/Dockerfile', 'FROM a\nCOPY . .\n', { 'x/main.c': '' })).toMatch(/^x, /);
});

it('looks for what RUN mounts', () => {
  const text = 'FROM a\nRUN --mount=type=bind,source=go.mod,target=go.mod go build\n';
  expect(find('a/Dockerfile', text, { 'go.mod': '' })).toMatch(/^\., /);
});

it('goes up for COPY . . when the manifest is there', () => {
  expect(find('docker/Dockerfile', whole, { 'package.json': '{}' })).toMatch(/^\., /);
  expect(find('app/Dockerfile', whole, { 'app/package.json': '{}', 'package.json': '{}' })).toMatch(
    /^the Dockerfile's folder and the folder \d+ above it have a manifest that its commands read: name the build context/,
  );
});

it('says why there is none', () => {
  expect(find('docker/Dockerfile', whole, {})).toMatch(/^it copies a whole folder/);
  expect(find('docker/Dockerfile', whole, { 'docker/entry.sh': '' })).toMatch(/^it copies a whole folder/);
  expect(find('Dockerfile', 'FROM a\n', {})).toBe('it copies nothing from a build context');
  expect(find('Dockerfile', 'FROM a\nCOPY $X /\n', {})).toMatch(/^what it copies is not known/);
  expect(find('Dockerfile', 'FROM a\nCOPY x /\n', {})).toMatch(/^no folder holds what it copies/);
});

it('marks a context in which sources are missing', () => {
  expect(find('Dockerfile', 'FROM a\nCOPY a built /\n', { a: '' })).toBe(
    ". , the Dockerfile's folder, partial".replace(' ,', ','),
  );
});

it('does not choose between folders that each hold a part', () => {
  const text = 'FROM a\nCOPY a b c /\n';
  expect(find('x/Dockerfile', text, { 'x/a': '', b: '', c: '' })).toMatch(/each hold a part of what it copies/);
});

it('believes a compose file', () => {
  const compose = 'services:\n  web:\n    build:\n      context: .\n      dockerfile: docker/web.Dockerfile\n';
  expect(find('docker/web.Dockerfile', 'FROM a\nCOPY entry /\n', { 'compose.yaml': compose, 'docker/entry': '' })).toBe(
    '., compose.yaml, partial',
  );
  expect(find('app/Dockerfile', whole, { 'docker-compose.yml': 'services: {a: {build: ./app}}' })).toBe(
    'app, docker-compose.yml',
  );
});

it('does not choose between compose services', () => {
  const compose = 'services: {a: {build: ./app}, b: {build: {context: ., dockerfile: app/Dockerfile}}}';
  expect(find('app/Dockerfile', whole, { 'compose.yml': compose })).toMatch(
    /different contexts, app \(compose\.yml\) and \. \(compose\.yml\)/,
  );
});

describe('where the project says how it is built', () => {
  const dockerfile = 'FROM a\nCOPY . /app\n';
  const bake = (body: string): string => `group "default" {}\ntarget "web" {\n  ${body}\n}\n`;
  it.each([
    ['Makefile', 'IMAGE := x\nimage:\n\t@docker build -t $(IMAGE) \\\n\t  -f web/Dockerfile .\n', '., Makefile:3'],
    ['Makefile', 'image:\n\tcd web && podman build --pull -t x .\n', 'web, Makefile:2'],
    ['Makefile', 'image:\n\tcd sub\n\tdocker build -t x web # here\n', 'web, Makefile:3'],
    [
      'scripts/build.sh',
      'cd "$(dirname "$0")/.."\ndocker buildx build --load --file=web/Dockerfile "$PWD"\n',
      '., build.sh:2',
    ],
    ['web/build.sh', 'docker build --build-arg A=1 . -t x\n', 'web, build.sh:1'],
    [
      'scripts/all.sh',
      'for app in web api; do\n  docker build -t $app -f $app/Dockerfile . > log\ndone\n',
      '., all.sh:2',
    ],
    ['scripts/all.sh', 'for app in web; do docker build -t x "./$app"; done\n', 'web, all.sh:1'],
    [
      'package.json',
      '{"scripts":{"image":"npm run x && docker build -f \\"web/Dockerfile\\" ."}}',
      '., package.json (image)',
    ],
    ['web/package.json', '{"scripts":{"image":"docker build -t x -f Dockerfile .."}}', '., package.json (image)'],
    ['docker-bake.hcl', bake('dockerfile = "web/Dockerfile"'), '., docker-bake.hcl'],
    ['docker-bake.hcl', bake('context = "web"'), 'web, docker-bake.hcl'],
    ['docker-bake.json', '{"target":{"web":{"context":"./web"}}}', 'web, docker-bake.json'],
    [
      'skaffold.yaml',
      'kind: Config\n---\nbuild:\n  artifacts:\n    - image: x\n      context: web\n',
      'web, skaffold.yaml',
    ],
    [
      'skaffold.yaml',
      'build:\n  artifacts:\n    - image: x\n      docker: { dockerfile: web/Dockerfile }\n',
      '., skaffold.yaml',
    ],
    ['.gitlab-ci.yml', 'build:\n  script:\n    - cd web\n    - docker build -t "$CI_IMAGE" .\n', 'web, .gitlab-ci.yml'],
    [
      '.gitlab-ci.yml',
      'build:\n  script: /kaniko/executor --context "$CI_PROJECT_DIR" --dockerfile $CI_PROJECT_DIR/web/Dockerfile\n',
      '., .gitlab-ci.yml',
    ],
    [
      'cloudbuild.yaml',
      'steps:\n  - name: gcr.io/cloud-builders/docker\n    args: [build, -t, x, -f, web/Dockerfile, .]\n',
      '., cloudbuild.yaml',
    ],
    [
      'cloudbuild.yaml',
      'steps:\n  - name: gcr.io/cloud-builders/docker\n    dir: web\n    args: [build, -t, x, .]\n',
      'web, cloudbuild.yaml',
    ],
    [
      '.github/workflows/ci.yml',
      'jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { file: web/Dockerfile }\n',
      '., ci.yml',
    ],
    [
      '.github/workflows/ci.yml',
      'jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { context: "./${{ matrix.app }}" }\n',
      'web, ci.yml',
    ],
    [
      '.github/workflows/ci.yml',
      'jobs:\n  a:\n    defaults: { run: { working-directory: web } }\n    steps:\n      - run: |\n          docker build .\n',
      'web, ci.yml',
    ],
    [
      'azure-pipelines.yml',
      'steps:\n  - script: docker build -f web/Dockerfile .\n    workingDirectory: .\n',
      '., azure-pipelines.yml',
    ],
  ])('%s: %s', (name, text, expected) => {
    const nobody = { 'web/main.c': '', 'main.c': '', 'sub/x': '' };
    expect(find('web/Dockerfile', dockerfile, { ...nobody, [name]: text })).toBe(expected);
  });

  it.each([
    ['Makefile', 'image:\n\tdocker build -f api/Dockerfile .\n'],
    ['Makefile', 'image:\n\tdocker build -f $(FILE) .\n'],
    ['Makefile', 'image:\n\tdocker build - < web/Dockerfile\n'],
    ['Makefile', 'image:\n\tdocker build -f web/Dockerfile https://example.org/x.git\n'],
    ['Makefile', 'image:\n\techo docker; docker run build web\n'],
    ['docker-bake.hcl', bake('inherits = ["base"]')],
    ['.github/workflows/ci.yml', '- [\n'],
    ['package.json', '{"scripts":'],
  ])('is not told by %s: %s', (name, text) => {
    expect(find('web/Dockerfile', dockerfile, { 'web/main.c': '', [name]: text })).toMatch(
      /^web, the Dockerfile's folder/,
    );
  });

  it('must be one; where one alone holds what is copied, it is that', () => {
    const both = {
      Makefile: 'image:\n\tdocker build -f web/Dockerfile .\n',
      '.github/workflows/ci.yml': 'jobs: { a: { steps: [{ run: docker build web }] } }\n',
    };
    expect(find('web/Dockerfile', dockerfile, both)).toBe(
      'it is built with different contexts, . (Makefile:2) and web (ci.yml): name the build context with --context',
    );
    expect(find('web/Dockerfile', 'FROM a\nCOPY main.c /\n', { ...both, 'web/main.c': '' })).toBe('web, ci.yml');
  });

  it('tells of the Dockerfiles beside one that it builds, as a guess', () => {
    const compose = 'services: {web: {build: {context: ., dockerfile: apps/web/Dockerfile.web}}}';
    const files = { 'compose.yml': compose, 'apps/web/Dockerfile.web': '', 'apps/web/main.c': '' };
    expect(find('apps/web/Dockerfile.dev', dockerfile, files)).toMatch(
      /^\., the folder \d+ above it, a guess: compose\.yml builds Dockerfile\.web beside it there$/,
    );
  });
});

describe('the files that the instructions name', () => {
  it('outweigh a manifest above', () => {
    const text = 'FROM golang\nWORKDIR /src\nCOPY . .\nRUN go build -o x main.go\n';
    const others = { 'go.mod': '', 'app/main.go': '' };
    expect(find('app/Dockerfile', text, others)).toBe("app, the Dockerfile's folder");
    expect(find('app/Dockerfile', text.replace(' main.go', ''), others)).toMatch(/^\., /);
  });

  it('tell by a working directory', () => {
    const text = 'FROM node\nCOPY . .\nWORKDIR ./frontend\nRUN npm ci\n';
    const others = { 'frontend/package.json': '{}', 'frontend/package-lock.json': '{}' };
    expect(find('frontend/Dockerfile', text, others)).toMatch(/^\., /);
    expect(find('frontend/Dockerfile', text.replace('./frontend', '/'), others)).toMatch(/^frontend, /);
  });

  it('tell of two folders that hold what is copied', () => {
    const text = 'FROM python\nCOPY requirements.txt /\nCOPY . /\nCMD ["python", "serve.py"]\n';
    const both = { 'requirements.txt': '', 'app/requirements.txt': '' };
    expect(find('app/Dockerfile', text, { ...both, 'app/serve.py': '' })).toMatch(/^app, /);
    expect(find('app/Dockerfile', text, { ...both, 'serve.py': '' })).toMatch(/^\., /);
    expect(find('app/Dockerfile', text, both)).toMatch(
      /^the Dockerfile's folder and the folder \d+ above it hold what it copies: name the build context/,
    );
  });
});

it('survives compose files that are none', () => {
  for (const compose of [
    'build: [',
    '- build',
    'services: {a: {build: 7}, b: {build: {context: $X}}, c: null}',
    'services: {a: {build: ../../..}}',
  ])
    expect(find('Dockerfile', 'FROM a\nCOPY a /\n', { 'compose.yaml': compose, a: '' })).toBe(
      "., the Dockerfile's folder",
    );
});

it('takes --context as it is', () => {
  expect(find('docker/Dockerfile', whole, { 'app/x': '' }, 'app')).toBe('elsewhere, --context');
  expect(find('docker/Dockerfile', whole, {}, 'nowhere')).toMatch(/is no folder/);
});

it('knows what git ignores in a context, by the .gitignore files above it up to the repository', () => {
  const root = join(base, String(count++));
  const files = { '.gitignore': '.env\n', 'a/.git/HEAD': '', 'a/.gitignore': '.venv/\n', 'a/b/Dockerfile': whole };
  for (const [name, content] of Object.entries({ ...files, 'a/b/package.json': '{}' })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const found = findContext(join(root, 'a/b/Dockerfile'), parseDockerfile(whole), { root, wantedManifests });
  if (isRefusal(found)) throw new Error(found.reason);
  expect(found.root).toBe(join(root, 'a/b'));
  expect([found.context.gitignored('.venv/'), found.context.gitignored('.env')]).toEqual([true, false]);
});

it('reads a compose file in the folder where a project keeps what is for Docker', () => {
  const files = {
    'docker/compose.yaml': 'services:\n  web:\n    build: ../web\n',
    'web/package.json': '{}',
    'package.json': '{}',
  };
  expect(find('web/Dockerfile', whole, files)).toBe('web, compose.yaml');
});
