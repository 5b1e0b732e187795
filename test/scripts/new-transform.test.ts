import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const PARTS = [
  '.gitattributes',
  '.prettierrc.json',
  'data',
  'eslint.config.js',
  'package.json',
  'scripts',
  'src',
  'test/fixtures.test.ts',
  'test/support/fixtures.ts',
  'test/support/temporary.ts',
  'test/support/variants.ts',
  'transforms',
  'vitest.config.ts',
];

/** A copy of the project, without fixtures, that uses its packages. */
function projectCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-project-'));
  for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'fixtures'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const tsconfig = readFileSync('tsconfig.json', 'utf8').replace(/"include": .*/, '"include": ["transforms"]');
  writeFileSync(join(folder, 'tsconfig.json'), tsconfig);
  return folder;
}

function run(folder: string, program: string, args: readonly string[]): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout + stderr };
}

const TOOLS = {
  types: ['node_modules/typescript/bin/tsc', '--noEmit'],
  lint: ['node_modules/eslint/bin/eslint.js', 'transforms/*.ts'],
  format: ['node_modules/prettier/bin/prettier.cjs', '--check', 'transforms'],
  fixtures: ['node_modules/vitest/vitest.mjs', 'run', 'test/fixtures.test.ts'],
} as const;

describe('npm run new-transform', () => {
  const folder = projectCopy();
  const start = (...args: string[]): { code: number | null; out: string } =>
    run(folder, 'scripts/run.mjs', ['new-transform.ts', ...args]);
  const catalogue = (): string => readFileSync(join(folder, 'transforms/index.ts'), 'utf8');

  it('starts transforms that pass types, lint, format and their fixtures', { timeout: 300_000 }, () => {
    expect(start('upper-case-2nd-keyword', '--group', 'syntax')).toMatchObject({ code: 0 });
    expect(start('delete', '--group', 'run')).toMatchObject({ code: 0 });
    for (const [name, [program, ...args]] of Object.entries(TOOLS))
      expect(run(folder, program, args), name).toMatchObject({ code: 0 });
  });

  it('leaves the imports of the catalogue sorted, and the transforms at its end', () => {
    const paths = [...catalogue().matchAll(/ from '(.*)';/g)].map(([, path = '']) => path);
    expect(paths).toEqual([...paths].sort());
    expect(catalogue()).toMatch(/ {2}upperCase2ndKeyword,\n {2}deleteTransform,\n\];\n$/);
  });

  it('makes only what is missing', () => {
    const whole = catalogue();
    expect(start('delete', '--group', 'run').out).not.toContain('wrote');
    rmSync(join(folder, 'fixtures/delete'), { recursive: true });
    expect(start('delete', '--group', 'run').out).toMatch(/wrote fixtures\/delete\/example\/before\.Dockerfile/);
    rmSync(join(folder, 'transforms/delete.ts'));
    expect(start('delete', '--group', 'run').out.match(/wrote .*/g)).toEqual(['wrote transforms/delete.ts']);
    expect(start('merge-run', '--group', 'run').out).not.toContain('wrote transforms');
    expect(catalogue()).toBe(whole);
  });

  it('says what is legal where a name or the group is missing or wrong', () => {
    for (const args of [['delete'], ['2nd', '--group', 'run'], ['delete', '--group', 'A']])
      expect(start(...args)).toMatchObject({ code: 2, out: expect.stringMatching(/group: .*packages/) as string });
  });
});
