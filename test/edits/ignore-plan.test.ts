import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import { overlayContext } from '../../src/facts/context/overlay.js';
import { planIgnoreFile } from '../../src/edits/ignore-file/plan.js';

const NODE = 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n';

function plan(files: Record<string, string>, dockerfile = 'Dockerfile', text = NODE): string | undefined {
  const context = memoryContext({ [dockerfile]: text, ...files }, { dockerfile, origin: 'the test' });
  return planIgnoreFile(context, parseDockerfile(files[dockerfile] ?? text))?.edit.after;
}

describe('the ignore file', () => {
  it('is the same whichever Dockerfile of the context asks', () => {
    const files = {
      'package.json': '{}',
      Dockerfile: NODE,
      'Dockerfile.prod': `${NODE}RUN git describe > version\n`,
      'docker/dev.Dockerfile': 'FROM node:22\nCOPY .env /app/\nCOPY . /app\nRUN npm ci\n',
    };
    const asked = Object.keys(files).filter((name) => name !== 'package.json');
    const plans = asked.map((name) => plan(files, name));
    expect(new Set(plans)).toEqual(new Set(['node_modules\n']));
  });

  it('asks for nothing more once it is written', () => {
    const dockerfile = parseDockerfile(NODE);
    const context = memoryContext(
      { 'package.json': '{}', 'web/package.json': '{}' },
      { dockerfile: 'Dockerfile', origin: 'the test' },
    );
    const edit = planIgnoreFile(context, dockerfile)?.edit;
    expect(edit).toBeDefined();
    expect(planIgnoreFile(overlayContext(context, edit === undefined ? [] : [edit]), dockerfile)).toBeUndefined();
  });

  it('leaves all as it is when a Dockerfile of the context can not be read', () => {
    expect(plan({ 'package.json': '{}', 'other.Dockerfile': 'FORM node\n' })).toBeUndefined();
  });

  it('keeps node_modules where one of the Dockerfiles brings the host’s', () => {
    expect(plan({ 'package.json': '{}', 'nginx.Dockerfile': 'FROM nginx\nCOPY . /srv\n' })).toBeUndefined();
  });

  it('extends the file that counts for the Dockerfile', () => {
    const files = { 'package.json': '{}', 'Dockerfile.dockerignore': 'coverage\n', '.dockerignore': 'node_modules\n' };
    const context = memoryContext({ Dockerfile: NODE, ...files }, { dockerfile: 'Dockerfile', origin: 'the test' });
    expect(planIgnoreFile(context, parseDockerfile(NODE))?.edit).toEqual({
      path: 'Dockerfile.dockerignore',
      before: 'coverage\n',
      after: 'coverage\nnode_modules\n',
    });
  });

  it('keeps out the repository only where the context has one, when a file is there', () => {
    const files = { 'package.json': '{}', '.dockerignore': 'node_modules\n' };
    expect(plan(files)).toBeUndefined();
    expect(plan({ ...files, '.git/HEAD': '' })).toBe('node_modules\n.git\n');
  });

  it.each([
    ['RUN', `${NODE}RUN make VERSION=$(git describe --tags)\n`, {}],
    ['RUN', `${NODE}RUN --mount=type=bind,source=.git,target=.git git log\n`, {}],
    ['Makefile', NODE, { Makefile: 'v := $(shell git rev-parse HEAD)\n' }],
    ['package.json', NODE, { 'package.json': '{"scripts":{"build":"git log -1 > v"}}' }],
    ['pyproject.toml', NODE, { 'pyproject.toml': '[build-system]\nrequires = ["hatch-vcs"]\n' }],
    ['pom.xml', NODE, { 'pom.xml': '<artifactId>git-commit-id-maven-plugin</artifactId>' }],
    ['CMakeLists.txt', NODE, { 'CMakeLists.txt': 'execute_process(COMMAND git describe)\n' }],
    ['build.sbt', NODE, { 'build.sbt': 'enablePlugins(GitVersioning) // sbt-git: git describe\n' }],
    ['COPY', `${NODE}COPY .git/HEAD /v\n`, {}],
    ['deep script', NODE, { 'packages/web/tools/build/version.sh': 'git rev-parse HEAD > version\n' }],
    ['one of many scripts', NODE, Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`scripts/${at}.sh`, '']))],
  ])('keeps the repository that %s reads', (_, text, files) => {
    const found = plan({ 'package.json': '{}', '.git/HEAD': '', ...files }, 'Dockerfile', text);
    expect(found).toContain('node_modules');
    expect(found?.split('\n')).not.toContain('.git');
  });

  it('takes dependencies from git without needing the repository', () => {
    const manifest =
      '{"dependencies":{"a":"git+https://github.com/a/b.git"},"repository":"https://github.com/a/c.git"}';
    expect(plan({ 'package.json': manifest, '.git/HEAD': '' })?.split('\n')).toContain('.git');
  });

  it('takes what git ignores from the folders above, where nothing nearer speaks against it', () => {
    const files = { Dockerfile: NODE, 'package.json': '{}', '.gitignore': '!.env.local\n' };
    const above = [
      { prefix: 'api/', text: '.env*\n/build\n' },
      { prefix: 'services/api/', text: 'services\n' },
    ];
    const options = { dockerfile: 'Dockerfile', gitignoresAbove: () => above };
    const context = memoryContext(files, options);
    const ignored = ['.env', '.env.local', 'build'].filter((path) => context.gitignored(path));
    expect(ignored).toEqual(['.env']);
    expect(planIgnoreFile(context, parseDockerfile(NODE))?.added).toEqual(['node_modules', '.env']);
  });

  it('writes no file for nothing but what may never be there', () => {
    const text = 'FROM python:3.13\nCOPY . /app\nRUN pip install -r /app/requirements.txt\n';
    const files = { 'requirements.txt': 'flask\n', '.gitignore': '.env\n' };
    expect(plan(files, 'Dockerfile', text)).toBeUndefined();
    expect(plan({ ...files, '.env': 'KEY=1\n' }, 'Dockerfile', text)).toBe('**/__pycache__\n.env\n');
  });

  it('leaves out build output that belongs to the project', () => {
    const text = 'FROM gradle:8\nCOPY . /src\nRUN gradle build\n';
    expect(plan({ 'build.gradle': '', 'build/scripts.sh': '' }, 'Dockerfile', text)).toBe('.gradle\n');
    expect(plan({ 'build.gradle': '', 'build/scripts.sh': '', '.gitignore': '/build\n' }, 'Dockerfile', text)).toBe(
      'build\n.gradle\n',
    );
  });
});
