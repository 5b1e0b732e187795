import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

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

  it('brings one package, of less than 6 MB, with no script that an install would run', () => {
    expect(readdirSync(installed).filter((name) => !name.startsWith('.'))).toEqual(['dockmod']);
    expect(packed.unpackedSize).toBeLessThan(6_000_000);
    const manifest = JSON.parse(readFileSync(join(installed, 'dockmod/package.json'), 'utf8')) as {
      dependencies?: object;
      scripts: Record<string, string>;
    };
    expect(manifest.dependencies).toBeUndefined();
    expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name))).toEqual([]);
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

  it('holds every file that its README links to', () => {
    const readme = readFileSync(join(installed, 'dockmod/README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(0);
    const paths = new Set(packed.files.map(({ path }) => path));
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
