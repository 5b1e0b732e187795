import { describe, expect, it } from 'vitest';
import { readInstall } from '../../src/ecosystems/installs.js';
import { tableAt, tablesOf, readToml, stringsOf, subtables, valueAt } from '../../src/ecosystems/project/toml.js';
import type { Project } from '../../src/ecosystems/project/types.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { isRefusal } from '../../src/refusal.js';

function projectIn(context: BuildContext, directory = ''): Project {
  return { context, directory, root: '', resolve: (path) => (directory === '' ? path : `${directory}/${path}`) };
}

/** What an install reads; the reason where it is not known. */
function inputs(line: string, files: Readonly<Record<string, string>>, directory = ''): string {
  const [program = '', ...args] = line.split(' ');
  const install = readInstall({ program, args, env: new Map() });
  if (install === undefined || install === 'independent') throw new Error(`${line} is no install`);
  const found = install.inputs(projectIn(memoryContext(files), directory));
  return isRefusal(found) ? found.reason : found.files.join(' ');
}

describe('a TOML file', () => {
  const text = '\uFEFFa.b = 1\n[[c]]\nd = ["x", 2]\n[[c]]\n[e.f]\ng = 2026-11-25\n[e.__proto__]\n[e.constructor]\n';

  it('is asked by keys, whatever its tables are', () => {
    const toml = readToml(projectIn(memoryContext({ 'x.toml': text })), 'x.toml');
    if (toml === undefined || isRefusal(toml)) throw new Error('it is not read');
    expect(valueAt(toml, 'a', 'b')).toBe(1);
    expect(valueAt(toml, 'a', 'b', 'c')).toBeUndefined();
    expect(valueAt(toml, 'toString')).toBeUndefined();
    expect(tablesOf(toml['c'])).toHaveLength(2);
    expect(tablesOf(toml['e'])).toEqual([]);
    expect(stringsOf(tablesOf(toml['c'])[0]?.['d'])).toEqual(['x']);
    expect(stringsOf('y')).toEqual(['y']);
    expect(subtables(tableAt(toml, 'e'))).toHaveLength(3);
    expect(subtables(tableAt(toml, 'e', 'f'))).toEqual([]);
    expect(subtables(tableAt(toml, 'nothing'))).toEqual([]);
  });

  it('is parsed once for a context', () => {
    let reads = 0;
    const context = memoryContext({ 'x.toml': text });
    const project = projectIn({ ...context, read: (path) => ((reads += 1), context.read(path)) });
    expect(readToml(project, 'x.toml')).toBe(readToml(project, 'x.toml'));
    expect(reads).toBe(1);
  });

  it.each([
    ['a = ', "x.toml can't be read: line 1 is no TOML"],
    ['a = 1\na = 2\n', "x.toml can't be read: line 2 is no TOML"],
    ['\0', "x.toml can't be read: it is large or no text"],
  ])('that is none is named: %j', (broken, reason) => {
    expect(readToml(projectIn(memoryContext({ 'x.toml': broken })), 'x.toml')).toMatchObject({ reason });
  });

  it('does not count where the build has none', () => {
    const files = { 'x.toml': 'a = ', '.dockerignore': 'x.toml\n' };
    expect(readToml(projectIn(memoryContext(files)), 'x.toml')).toBeUndefined();
  });
});

describe('pyproject.toml', () => {
  const project = '[project]\nname = "app"\nversion = "1"\n';
  const poetry = (text: string): string => inputs('poetry install --no-root', { 'pyproject.toml': project + text });
  const uv = (text: string, more: Readonly<Record<string, string>> = {}): string =>
    inputs('uv sync', { 'pyproject.toml': project + text, ...more });

  it.each([
    ['[tool.poetry.dev-dependencies]\na = { PLACE }\n'],
    ['[tool.poetry.requires-plugins]\na = { PLACE }\n'],
    ['[tool.poetry.group.docs.dependencies.a]\nPLACE\n'],
    ['[tool.poetry.dependencies]\na = [{ version = "1" }, { PLACE }]\n'],
    ['[tool]\npoetry.dependencies.a = { PLACE }\n'],
  ])('poetry reads %j', (text) => {
    expect(poetry(text.replace('PLACE', 'path = "a"'))).toBe(
      'the dependency a of pyproject.toml lies in the project (`a`)',
    );
    expect(poetry(text.replace('PLACE', 'file = "a.whl"'))).toContain('(`a.whl`)');
    expect(poetry(text.replace('PLACE', 'git = "../a"'))).toContain('(`../a`)');
    expect(poetry(text.replace('PLACE', 'version = "1"'))).toBe('pyproject.toml');
    expect(poetry(text.replace('PLACE', 'git = "git@example.com:a/a.git"'))).toBe('pyproject.toml');
  });

  it.each([
    ['[project.optional-dependencies]\nx = ["LINE"]\n'],
    ['[dependency-groups]\nx = ["LINE"]\n'],
    ['[tool.uv]\ndev-dependencies = ["LINE"]\n'],
    ['[tool.uv]\noverride-dependencies = ["LINE"]\n'],
  ])('uv reads %j', (text) => {
    expect(uv(text.replace('LINE', 'a @ file:///a'))).toMatch(/installs `a @ file:\/\/\/a` from the project/);
    expect(uv(text.replace('LINE', 'a >= 1'))).toBe('pyproject.toml');
  });

  it('takes packages from folders that uv is told of', () => {
    const index = '[[index]]\nurl = "./packages"\nformat = "flat"\n';
    expect(uv(index.replace('[[index]]', '[[tool.uv.index]]'))).toBe('pyproject.toml takes packages from `./packages`');
    expect(uv('', { 'uv.toml': index })).toBe('uv.toml takes packages from `./packages`');
    expect(uv('', { 'uv.toml': index.replace('./packages', 'https://example.com/simple') })).toBe(
      'pyproject.toml uv.toml',
    );
  });

  it('is a package for uv when it says so, or how it is built', () => {
    expect(uv('[build-system]\nrequires = []\n')).toMatch(/installs the project itself/);
    expect(uv('[tool.uv]\npackage = true\n')).toMatch(/installs the project itself/);
    expect(uv('[build-system]\nrequires = []\n[tool.uv]\npackage = false\n')).toBe('pyproject.toml');
  });

  it('names the file that can not be read', () => {
    const files = { 'pyproject.toml': project, 'poetry.toml': '[virtualenvs' };
    expect(inputs('poetry install --no-root', files)).toBe("poetry.toml can't be read: line 1 is no TOML");
    expect(inputs('uv sync', { 'pyproject.toml': '[project', 'api/pyproject.toml': project }, 'api')).toBe(
      "pyproject.toml can't be read: line 1 is no TOML",
    );
  });

  it('is read by `uv pip install -r`, too', () => {
    const line = 'uv pip install --system -r pyproject.toml';
    const local = '[tool.uv.sources]\na = { path = "a" }\n';
    expect(inputs(line, { 'pyproject.toml': project })).toBe('pyproject.toml');
    expect(inputs(line, { 'pyproject.toml': project + local })).toMatch(/^the dependency a of pyproject.toml/);
    expect(inputs('uv pip install --system -r setup.py', { 'setup.py': '' })).toMatch(/come from a build$/);
  });
});

describe('Pipfile', () => {
  it.each([
    ['packages', 'path = "."'],
    ['dev-packages', 'file = "a.whl"'],
    ['docs', 'editable = true, path = "docs"'],
  ])('has local packages in [%s]: %s', (table, place) => {
    expect(inputs('pipenv sync', { Pipfile: `[${table}]\na = { ${place} }\n` })).toMatch(
      /^the dependency a of Pipfile/,
    );
  });

  it.each(['"*"', '{ version = "*" }', '{ file = "https://example.com/a.zip" }', '{ git = "https://example.com/a" }'])(
    'takes %s from elsewhere',
    (spec) => {
      expect(inputs('pipenv sync', { Pipfile: `[[source]]\nname = "pypi"\n[packages]\na = ${spec}\n` })).toBe(
        'Pipfile',
      );
    },
  );
});

describe('Cargo.toml', () => {
  const crate = '[package]\nname = "app"\n[[bin]]\nname = "app"\npath = "src/main.rs"\n';
  const cargo = (text: string, more: Readonly<Record<string, string>> = {}): string =>
    inputs('cargo fetch', { 'Cargo.toml': text, ...more });

  it('is enough where every target has its path', () => {
    expect(cargo(crate)).toBe('Cargo.toml');
    expect(cargo('[package]\nname = "app"\n[lib]\npath = "lib.rs"\n')).toBe('Cargo.toml');
    expect(cargo('bin = [{ name = "app", path = "main.rs" }]\n')).toBe('Cargo.toml');
  });

  it.each(['', '[lib]\nname = "x"\n', `${crate}[lib]\nname = "x"\n`, `${crate}[[bench]]\nname = "b"\n`])(
    'needs the sources otherwise: %j',
    (text) => {
      expect(cargo(text)).toMatch(/finds the targets/);
    },
  );

  it.each([
    '[dev-dependencies.a]\npath = "a"\n',
    '[patch."https://example.com/a"]\na.path = "a"\n',
    '[replace]\n"a:1.0.0" = { path = "a" }\n',
    '[dependencies]\na.workspace = true\n',
  ])('has local crates: %j', (text) => {
    expect(cargo(crate + text)).toMatch(/^the dependency a\S* of Cargo.toml lies in the project/);
  });

  it('belongs to the workspace that it names', () => {
    expect(cargo(`${crate}[package.x]\n`.replace('[[bin]]', 'workspace = ".."\n[[bin]]'))).toMatch(/workspace/);
  });

  it('takes crates from folders that the settings name', () => {
    const config = '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "vendor"\n';
    expect(cargo(crate, { '.cargo/config.toml': config })).toBe('.cargo/config.toml takes crates from `vendor`');
    expect(inputs('cargo install just', { '.cargo/config.toml': config })).toMatch(/takes crates from/);
    const registry = '[source.mirror]\nregistry = "https://example.com/index"\n';
    expect(cargo(crate, { '.cargo/config.toml': registry })).toBe('Cargo.toml .cargo/config.toml');
    expect(cargo(crate, { '.cargo/config.toml': '[patch.crates-io]\na = { path = "a" }\n' })).toMatch(
      /^the dependency a of .cargo\/config.toml/,
    );
  });

  it('obeys the settings of the folders above', () => {
    const files = { 'api/Cargo.toml': crate, 'rust-toolchain.toml': '', 'Cargo.toml': '[package]\nname = "root"\n' };
    expect(inputs('cargo fetch', files, 'api')).toBe('api/Cargo.toml rust-toolchain.toml');
  });
});
