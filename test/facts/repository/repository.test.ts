import { describe, expect, it } from 'vitest';
import { memoryContext } from '../../../src/facts/context/memory.js';
import { buildsImage } from '../../../src/facts/repository/built-images.js';
import { updateBot } from '../../../src/facts/repository/update-bots.js';

describe('the bot that looks after Docker tags is', () => {
  it.each([
    ['Renovate', 'renovate.json', '{}'],
    ['Renovate', '.github/renovate.json5', "{ enabledManagers: ['npm', 'dockerfile'] }"],
    [undefined, 'renovate.json', '{ "enabledManagers": ["npm"] }'],
    [undefined, 'renovate.json', '{ "extends": ["config:recommended", "docker:disable"] }'],
    [undefined, 'renovate.json', '{ "dockerfile": { "enabled": false } }'],
    ['Dependabot', '.github/dependabot.yml', 'updates:\n  - package-ecosystem: "docker"\n    directory: /\n'],
    [undefined, '.github/dependabot.yml', 'updates:\n  - package-ecosystem: docker-compose\n    directory: /\n'],
    [undefined, 'README.md', 'Renovate'],
  ])('%s by %s: %s', (bot, path, text) => expect(updateBot(memoryContext({ [path]: text }))).toBe(bot));
});

describe('Dependabot looks for Dockerfiles in the folders that it is given', () => {
  const text = (where: string): string => `updates:\n  - package-ecosystem: docker\n    ${where}\n`;

  it.each([
    ['directory: /', '', true],
    ['directory: /', 'web', false],
    ['directory: "/web/"', 'web', true],
    ['directory: /web', 'web/api', false],
    ['directories: [/api, /apps/*]', 'apps/one', true],
    ['directories: [/api, /apps/*]', 'apps', false],
    ['directories: ["**/*"]', 'apps/one', true],
    ['directories: ["/apps/**"]', 'apps/one/docker', true],
    ['directories: ["/apps/**"]', 'web', false],
    ['directories: ["/a*b*c"]', 'a-b-c', true],
    ['directories: ["/a*b*c"]', 'a-c', false],
    // Tried in turn, its segments would take longer than anyone waits.
    [`directories: ["${'/**/*'.repeat(30)}/x"]`, 'a/'.repeat(60), false],
  ])('%s: %s', (where, folder, expected) => {
    const repository = memoryContext({ '.github/dependabot.yml': text(where) });
    expect(updateBot(repository, folder) !== undefined).toBe(expected);
  });

  it('and in none by a file that is no YAML', () => {
    const repository = memoryContext({ '.github/dependabot.yml': 'updates: [\n  - package-ecosystem: docker' });
    expect(updateBot(repository, '')).toBeUndefined();
  });
});

describe('an image node is built by', () => {
  it.each([
    ['Makefile', 'all:\n\tdocker build \\\n\t  -t node:latest .\n'],
    ['scripts/build.sh', 'docker buildx build --tag=node base\n'],
    ['.github/workflows/ci.yml', '- run: docker build --build-context node=base .\n'],
    ['docker-bake.hcl', 'target "base" { tags = ["node"] }\n'],
    ['docker-bake.json', '{ "target": { "shop": { "contexts": { "node": "target:base" } } } }'],
    ['compose.yaml', 'services:\n  base:\n    image: node\n    build: base\n'],
    [
      'compose.yaml',
      'services:\n  shop:\n    build:\n      context: .\n      additional_contexts:\n        node: ./base\n',
    ],
    ['compose.yml', 'services:\n  base:\n    build:\n      context: base\n      tags: [x/y, "node:latest"]\n'],
    ['compose.prod.yaml', 'services:\n  base:\n    build: &b { context: ., additional_contexts: ["node=./base"] }\n'],
    ['.gitlab-ci.yml', 'build:\n  script:\n    - cd base\n    - docker build . --pull -t node\n'],
    [
      '.github/workflows/ci.yml',
      '- uses: docker/build-push-action@v6\n  with:\n    tags: |\n      x/y:1\n      node\n',
    ],
    ['.circleci/config.yml', 'steps:\n  - run: { command: "docker build -t node ." }\n'],
    ['package.json', '{ "scripts": { "image": "docker build -t node ." } }'],
    ['skaffold.yaml', 'kind: Config\nbuild:\n  artifacts:\n    - image: node\n'],
    ['docker-bake.hcl', 'target "shop" {\n  contexts = {\n    node = "target:base"\n  }\n}\n'],
    ['tools/image.sh', 'podman build -t node - < Dockerfile\n'],
    ['compose.yaml', 'services:\n  {{ templated }}: { build: ., image: node\n'],
  ])('%s: %s', (path, text) => expect(buildsImage(memoryContext({ [path]: text }), 'node')).toBe(path));

  it.each([
    ['Makefile', 'all:\n\tdocker build -t node-app .\n'],
    ['Makefile', 'all:\n\tdocker build -t example.com/node .\n'],
    ['Makefile', 'all:\n\tdocker run -t node\n'],
    ['compose.yaml', 'services:\n  web:\n    image: node\n  shop:\n    build: .\n'],
    ['notes.md', 'docker build -t node .\n'],
    ['compose.yaml', '# build: image: node\nservices:\n  web:\n    image: node\n'],
    ['Makefile', 'all:\n\tdocker build -t node:dev .\n'],
    ['.github/workflows/ci.yml', '- uses: actions/setup-node@v4\n  with:\n    tags: node\n'],
  ])('not by %s: %s', (path, text) => expect(buildsImage(memoryContext({ [path]: text }), 'node')).toBeUndefined());
});
