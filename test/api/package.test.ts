import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { AFTER, BEFORE, folderWith, ONLY, read } from '../cli/program.js';

const ROOT = join(import.meta.dirname, '../..');

/** The libraries that dockmod is asked to be built with. */
const GIVEN = ['dockerfile-ast', 'diff', 'prettier', 'commander'];

interface Manifest {
  readonly engines: { readonly node: string };
  readonly dependencies?: object;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, object>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly keywords: readonly string[];
}

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

describe('an install of the packed tarball', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-package-'));
  const installed = join(folder, 'empty', 'node_modules');
  let packed: Packed;

  beforeAll(() => {
    const answer = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    packed = (JSON.parse(answer) as readonly [Packed])[0];
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'empty', 'package.json'), '{"private":true}');
    const tarball = join(folder, packed.filename);
    execFileSync('npm', ['install', '--offline', '--engine-strict', '--omit=dev', '--no-audit', '--no-fund', tarball], {
      cwd: join(folder, 'empty'),
    });
  });

  const manifest = (): Manifest =>
    JSON.parse(readFileSync(join(installed, 'dockmod/package.json'), 'utf8')) as Manifest;

  it('brings one package, of less than 6 MB, with no script that an install would run', () => {
    expect(readdirSync(installed).filter((name) => !name.startsWith('.'))).toEqual(['dockmod']);
    expect(existsSync(join(installed, 'dockmod/node_modules'))).toBe(false);
    expect(packed.unpackedSize).toBeLessThan(6_000_000);
    const { dependencies, scripts, engines } = manifest();
    expect([dependencies, engines.node]).toEqual([undefined, '>=20']);
    expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name))).toEqual([]);
  });

  it('keeps the libraries that were asked for as what the build uses, each version exactly', () => {
    const { devDependencies, keywords } = manifest();
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(GIVEN));
    expect(Object.entries(devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(keywords).toEqual(expect.arrayContaining(['dockerfile', 'codemod', 'autofix']));
  });

  it('leaves Prettier to those who format with it, and says how to get it', () => {
    const { peerDependencies, peerDependenciesMeta } = manifest();
    expect(Object.keys(peerDependencies)).toEqual(['prettier', 'prettier-plugin-sh']);
    for (const name of Object.keys(peerDependencies)) expect(peerDependenciesMeta[name]).toEqual({ optional: true });
    expect(readFileSync(join(installed, 'dockmod/THIRD-PARTY-NOTICES'), 'utf8')).not.toMatch(/^prettier/m);
    const home = folderWith({ Dockerfile: BEFORE });
    const bin = join(installed, '.bin', 'dockmod');
    const run = spawnSync(bin, ['fix', 'Dockerfile', '--format'], { cwd: home, encoding: 'utf8' });
    expect([run.status, run.stdout, read(home, 'Dockerfile')]).toEqual([2, '', BEFORE]);
    expect(run.stderr).toMatch(
      /^error --format prettier needs prettier and prettier-plugin-sh beside dockmod: npm install --save-dev prettier prettier-plugin-sh /,
    );
  });

  it('fixes in place, with worker threads, and loads as a library and with its types', () => {
    const files = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`${i}.Dockerfile`, BEFORE]));
    const folder = folderWith(files);
    const bin = join(installed, '.bin', 'dockmod');
    const { status, stderr } = spawnSync(bin, ['fix', '--jobs', '2', ...ONLY], { cwd: folder, encoding: 'utf8' });
    expect([status, stderr, read(folder, '79.Dockerfile')]).toEqual([0, '', AFTER]);
    const code = "import { fix } from 'dockmod'; process.stdout.write(fix(process.argv[1]).after);";
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', code, BEFORE], {
      cwd: join(installed, '..'),
      encoding: 'utf8',
    });
    expect([run.status, run.stdout.includes('COPY app.txt')]).toEqual([0, true]);
    const types = readFileSync(join(installed, 'dockmod/dist/index.d.ts'), 'utf8');
    expect([...types.matchAll(/(?:from |import\()['"](.+?)['"]/g)].map((match) => match[1])).toEqual([]);
  });

  it('starts every command', () => {
    const help = (...args: string[]): string => {
      const bin = join(installed, '.bin', 'dockmod');
      const { stdout, status } = spawnSync(bin, [...args, '--help'], { encoding: 'utf8' });
      expect([args, status]).toEqual([args, 0]);
      return stdout;
    };
    const commandsOf = (text: string): string[] =>
      [...text.slice(text.indexOf('\nCommands:')).matchAll(/^ {2}([a-z][\w-]*)/gm)]
        .map((match) => match[1] ?? '')
        .filter((name) => name !== 'help');
    const top = commandsOf(help());
    expect(top).toEqual(expect.arrayContaining(['fix', 'check', 'explain', 'list', 'bulk']));
    for (const name of top) for (const below of commandsOf(`\n${help(name)}`)) help(name, below);
  });

  it('holds every file that a page in it links to', () => {
    const paths = new Set(packed.files.map(({ path }) => path));
    const pages = [...paths].filter((path) => path.endsWith('.md'));
    const links = pages.flatMap((page) => {
      const text = readFileSync(join(installed, 'dockmod', page), 'utf8');
      const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
      return targets.map((target) => posix.join(posix.dirname(page), target));
    });
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/bulk.md', 'docs/plugins.md']));
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !paths.has(link))).toEqual([]);
  });

  it('names every package that was bundled, with its licence', () => {
    const notices = readFileSync(join(installed, 'dockmod/THIRD-PARTY-NOTICES'), 'utf8');
    const bom = JSON.parse(execFileSync(process.execPath, ['scripts/sbom.mjs'], { cwd: ROOT, encoding: 'utf8' })) as {
      components: { name: string; group?: string; version: string; licenses?: unknown[] }[];
    };
    expect(bom.components.length).toBeGreaterThan(10);
    for (const { group, name, version, licenses } of bom.components) {
      expect(notices).toContain(`\n${group === undefined ? name : `${group}/${name}`} ${version} (`);
      expect([name, licenses?.length]).toEqual([name, 1]);
    }
  });
});
