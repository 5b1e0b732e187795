import { describe, expect, it } from 'vitest';
import { git } from '../support/repositories.js';
import { AFTER, BEFORE, dockmod, folderWith, ONLY, read } from './program.js';

/** What `explain` says of what a run over the folder skips: path, and why. */
function skippedIn(folder: string): Readonly<Record<string, string>> {
  const { out } = dockmod(folder, ['explain', '.', ...ONLY]);
  return Object.fromEntries(
    [...out.matchAll(/^(\S+)\n {2}Skipped: (.*)$/gm)].map(([, path = '', why = '']) => [path, why]),
  );
}

describe('a file with the name of a Dockerfile that is none', () => {
  const maven = 'FROM ${docker.base.image}\nADD app.txt /srv/\n';

  it('is skipped with a count and a reason; the exit code is that of the others', () => {
    const folder = folderWith({
      Dockerfile: AFTER,
      'Dockerfile.rules': 'package rules\ndeny { input }\n',
      'Dockerfile.part': 'RUN make\n',
      'j2/Dockerfile.j2': BEFORE,
      'app/docker/Dockerfile': maven,
      'autoconf/Dockerfile': 'FROM @BASE_IMAGE@\nADD a /\n',
      'copy/Dockerfile': 'FROM alpine:3.20\nCOPY target/${project.build.finalName}.jar /app.jar\n',
    });
    const { code, out, err } = dockmod(folder, ['check', ...ONLY]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Skipped: templates 4, without FROM 2; `dockmod explain PATH` says why\n');
    expect(skippedIn(folder)).toEqual({
      'Dockerfile.rules': 'it has no FROM: by itself it is no Dockerfile',
      'Dockerfile.part': 'it has no FROM: by itself it is no Dockerfile',
      'j2/Dockerfile.j2': 'its name is that of a template',
      'app/docker/Dockerfile': 'it is a template: something fills in `${docker.base.image}` in line 1 before a build',
      'autoconf/Dockerfile': 'it is a template: something fills in `@BASE_IMAGE@` in line 1 before a build',
      'copy/Dockerfile': 'it is a template: something fills in `${project.build.finalName}` in line 2 before a build',
    });
    const { files, summary } = JSON.parse(dockmod(folder, ['check', '--format', 'json', ...ONLY]).out) as {
      files: { path: string; skipped?: unknown }[];
      summary: { files: number; skipped: unknown };
    };
    expect(files.find(({ path }) => path === 'Dockerfile.part')?.skipped).toEqual({
      kind: 'no-from',
      reason: 'it has no FROM: by itself it is no Dockerfile',
    });
    expect(summary).toMatchObject({ files: 1, skipped: { template: 4, 'no-from': 2 } });
  });

  it('is an error where it was named and has no FROM', () => {
    const folder = folderWith({ 'Dockerfile.part': 'RUN make\n' });
    expect(dockmod(folder, ['check', 'Dockerfile.part'])).toMatchObject({ code: 2 });
    expect(dockmod(folder, ['check'])).toMatchObject({ code: 0 });
  });

  it('is test data where a test fills in the version of its base, unless it is named', () => {
    const text = (version: string): string =>
      `ARG NODE_VERSION=${version}\nFROM node:$NODE_VERSION-slim\nADD a.txt /\n`;
    const files = { 'test/base/express/Dockerfile': text('xxx'), 'test/image/Dockerfile': text('22') };
    const folder = folderWith({ ...files, 'app/Dockerfile': text('xxx'), 'tests/Dockerfile': 'FROM node:x.x.x\n' });
    expect(skippedIn(folder)).toEqual({
      'test/base/express/Dockerfile': 'it is test data: `xxx` is there in place of a version',
      'tests/Dockerfile': 'it is test data: `x.x.x` is there in place of a version',
    });
    const named = dockmod(folder, ['fix', 'test/base/express/Dockerfile', ...ONLY]);
    expect(named.out).toContain('copy-instead-of-add');
  });

  it('is told from a Dockerfile that only mentions such things', () => {
    const files = {
      'heredoc.Dockerfile': "FROM alpine:3.20\nRUN <<EOF\nselect 1\nFROM {{ ref('a') }}\nEOF\nADD app.txt /srv/\n",
      'run.Dockerfile': 'FROM alpine:3.20\nRUN docker inspect -f {{.Id}} x; echo "${a.b}"\nADD app.txt /srv/\n',
      'default.Dockerfile': 'ARG V=3.20\nFROM alpine:${V:-3.20}\nADD app.txt /srv/\n',
    };
    const folder = folderWith(files);
    expect(dockmod(folder, ['fix', ...ONLY])).toMatchObject({ code: 0 });
    for (const [path, text] of Object.entries(files)) expect(read(folder, path)).toBe(text.replace('ADD', 'COPY'));
  });

  it('is left alone where tests read it, unless it is named', () => {
    const folder = folderWith({
      'testdata/app/Dockerfile': BEFORE,
      'tests/fixtures/app/Dockerfile': BEFORE,
      'core/test/data/linter/warn.Dockerfile': BEFORE,
      'data/Dockerfile': BEFORE,
      'fixtures/Dockerfile': BEFORE,
      'tests/Dockerfile': BEFORE,
    });
    const { out } = dockmod(folder, ['check', ...ONLY]);
    expect(out).toContain('Skipped: test data 3; `dockmod explain PATH` says why\n');
    expect(skippedIn(folder)).toEqual({
      'core/test/data/linter/warn.Dockerfile': 'tests read it: it is in a folder named data',
      'testdata/app/Dockerfile': 'tests read it: it is in a folder named testdata',
      'tests/fixtures/app/Dockerfile': 'tests read it: it is in a folder named fixtures',
    });
    dockmod(folder, ['fix', 'testdata', 'tests/fixtures/app/Dockerfile', ...ONLY]);
    expect(read(folder, 'testdata/app/Dockerfile')).toBe(AFTER);
    expect(read(folder, 'tests/fixtures/app/Dockerfile')).toBe(AFTER);
  });

  it('is left alone where it is one of the cases of a test, which are much alike', () => {
    const files = Object.fromEntries(
      ['npm', 'pnpm', 'yarn', 'bun'].map((name) => [
        `tests/frameworks/${name}/Dockerfile`,
        `${BEFORE}# the same in all\nWORKDIR /srv\nRUN ${name} install\n`,
      ]),
    );
    const others = {
      'tests/images/one/Dockerfile': BEFORE,
      'apps/npm/Dockerfile': BEFORE,
      'apps/yarn/Dockerfile': BEFORE,
    };
    const folder = folderWith({ ...files, ...others, 'apps/bun/Dockerfile': BEFORE, 'apps/deno/Dockerfile': BEFORE });
    const { out } = dockmod(folder, ['check', ...ONLY]);
    expect(out).toContain('Skipped: test data 4; `dockmod explain PATH` says why\n');
    expect(skippedIn(folder)['tests/frameworks/npm/Dockerfile']).toBe(
      'it is one case of a test: other folders in frameworks hold nearly the same file',
    );
    dockmod(folder, ['fix', 'tests/frameworks/npm/Dockerfile', ...ONLY]);
    expect(read(folder, 'tests/frameworks/npm/Dockerfile')).not.toBe(files['tests/frameworks/npm/Dockerfile']);
  });

  it('is said where there is no other', () => {
    const folder = folderWith({
      'Dockerfile.in': BEFORE,
      '.git/HEAD': '',
      '.gitignore': 'out/\n',
      'out/Dockerfile': BEFORE,
    });
    expect(dockmod(folder, ['check']).out).toBe(
      'No Dockerfile found.\nSkipped: by .gitignore 1, templates 1; `dockmod explain PATH` says why\n',
    );
    expect(dockmod(folderWith({}), ['check']).out).toBe('No Dockerfile found.\n');
  });
});

describe('.gitignore', () => {
  it('does not count for what git tracks', () => {
    const folder = folderWith({
      '.gitignore': 'template/\n*.local.Dockerfile\n',
      'template/go/Dockerfile': BEFORE,
      'template/new/Dockerfile': BEFORE,
      'a.local.Dockerfile': BEFORE,
      'b.local.Dockerfile': BEFORE,
    });
    git(folder, 'init', '--quiet');
    git(folder, 'add', '--force', 'template/go/Dockerfile', 'a.local.Dockerfile');
    expect(dockmod(folder, ['fix', ...ONLY])).toMatchObject({ code: 0 });
    expect(read(folder, 'template/go/Dockerfile')).toBe(AFTER);
    expect(read(folder, 'a.local.Dockerfile')).toBe(AFTER);
    const untracked = '.gitignore names it and all that is in it, and git does not track it';
    expect(skippedIn(folder)).toEqual({
      'b.local.Dockerfile': '.gitignore names it, and git does not track it',
      'template/new': untracked,
    });
  });
});

describe('a Dockerfile that a program makes', () => {
  const generated = `#\n# NOTE: THIS DOCKERFILE IS GENERATED VIA "apply-templates.sh"\n#\n# PLEASE DO NOT EDIT IT DIRECTLY.\n#\n${BEFORE}`;

  it('is left alone as a whole, and its template named', () => {
    const folder = folderWith({
      '8.2/Dockerfile': generated,
      'a/Dockerfile.alpine': `# This file was generated using a Jinja2 template.\n${BEFORE}`,
      'a/Dockerfile.j2': '',
      'b/Dockerfile': `# syntax=docker/dockerfile:1\n\n# Code generated from images/app.tmpl. DO NOT EDIT.\n${BEFORE}`,
      'c/Dockerfile': BEFORE,
      'c/Dockerfile.template': '',
    });
    expect(dockmod(folder, ['fix', '.', 'c/Dockerfile', ...ONLY]).out).toContain('Skipped: generated 4, templates 2;');
    expect(skippedIn(folder)).toMatchObject({
      '8.2/Dockerfile':
        'line 2 says that it is generated ("NOTE: THIS DOCKERFILE IS GENERATED VIA "apply-templates.sh""): change what it is made from',
      'a/Dockerfile.alpine':
        'line 1 says that it is generated ("This file was generated using a Jinja2 template."): change Dockerfile.j2',
      'b/Dockerfile':
        'line 3 says that it is generated ("Code generated from images/app.tmpl. DO NOT EDIT."): change images/app.tmpl',
      'c/Dockerfile': 'it is made from Dockerfile.template, which lies beside it: change that',
    });
    expect(read(folder, 'c/Dockerfile')).toBe(BEFORE);
  });

  it('is told from one that people write', () => {
    const texts = [
      `# The image of the code generator\n${BEFORE}`,
      `# Not generated: edit it.\n${BEFORE}`,
      BEFORE.replace('ADD', '# assets that we generated by hand: do not edit\nADD'),
      `# vim modeline (do not edit)\n${BEFORE}`,
    ];
    const folder = folderWith({
      ...Object.fromEntries(texts.map((text, index) => [`${index}/Dockerfile`, text])),
      '0/Dockerfile.md': '',
      '1/app.template': '',
    });
    expect(dockmod(folder, ['fix', ...ONLY])).toMatchObject({ code: 0 });
    for (const [index, text] of texts.entries())
      expect(read(folder, `${index}/Dockerfile`)).toBe(text.replace('ADD', 'COPY'));
  });
});

describe('an ignore comment', () => {
  it('that names no transform is a warning, and makes check exit 1', () => {
    const text = BEFORE.replace('ADD', '# dockmod-ignore copy-instead-of-ad\nADD');
    const folder = folderWith({ Dockerfile: text });
    const { code, err, out } = dockmod(folder, ['check', ...ONLY]);
    expect(code).toBe(1);
    expect(err).toBe(
      'warning Dockerfile:2: no transform is called copy-instead-of-ad: did you mean copy-instead-of-add?\n',
    );
    expect(out).toContain('1 warning\n');
    expect(dockmod(folder, ['fix', ...ONLY])).toMatchObject({ code: 0 });
    expect(read(folder, 'Dockerfile')).toBe(text);
    expect(dockmod(folder, ['explain', 'Dockerfile', ...ONLY]).out).toContain('Warnings\n  2  no transform is called');
    expect(dockmod(folder, ['check', '-', ...ONLY], text)).toMatchObject({ code: 1 });
  });

  it('that ignores nothing is reported, and check exits 0', () => {
    const folder = folderWith({ Dockerfile: AFTER.replace('COPY', '# dockmod-ignore copy-instead-of-add\nCOPY') });
    const { code, err } = dockmod(folder, ['check', ...ONLY]);
    expect([code, err]).toEqual([
      0,
      'warning Dockerfile:2: the comment ignores nothing: copy-instead-of-add finds nothing here\n',
    ]);
  });

  it('may name a transform of a plug-in that --no-plugins leaves out', () => {
    const text = BEFORE.replace('ADD', '# dockmod-ignore own-transform\nADD');
    const folder = folderWith({ Dockerfile: text });
    expect(dockmod(folder, ['check', '--no-plugins', ...ONLY]).err).toBe('');
    expect(dockmod(folder, ['check', ...ONLY]).err).toContain('own-transform');
  });
});
