import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  change,
  defineTransform,
  fix,
  fixFile,
  fixTree,
  memoryContext,
  UnknownTransformError,
  UsageError,
  insertAfter,
  type Facet,
  type FileReport,
  type Level,
  type Transform,
} from '../../src/index.js';
import { AFTER, BEFORE, folderWith, read } from '../cli/program.js';

const only = ['copy-instead-of-add'];

describe('fix', () => {
  it('is pure and synchronous', () => {
    const { after, changes, problems } = fix(BEFORE, { only });
    expect(after).toBe(AFTER);
    expect(changes).toMatchObject([{ transform: 'copy-instead-of-add', level: 'safe', line: 2 }]);
    expect(problems).toEqual([]);
    expect(fix('FROM\n').problems).toMatchObject([{ kind: 'parse', line: 1 }]);
  });

  it('takes a context, options and transforms of your own', () => {
    const context = memoryContext({ 'package.json': '{}', 'package-lock.json': '{}', 'x.js': '' });
    expect(
      fix('FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\n', { only: ['write-dockerignore'], context }).contextEdits,
    ).toHaveLength(1);
    const mine = defineTransform({
      name: 'stop-soon',
      group: 'custom',
      summary: 'Say how to stop',
      level: 'guarded',
      covers: [],
      mayChange: ['stopsignal'],
      docs: '',
      *find({ dockerfile }) {
        const [first] = dockerfile.instructions;
        if (first !== undefined && !dockerfile.text.includes('STOPSIGNAL'))
          yield change('Stop soon', first, [{ start: first.end, end: first.end, text: '\nSTOPSIGNAL SIGQUIT' }]);
      },
    });
    expect(fix('FROM a\n', { custom: [mine], only: ['stop-soon'] }).after).toBe('FROM a\nSTOPSIGNAL SIGQUIT\n');
    expect(fix('FROM a\n', { custom: [mine], settings: { 'stop-soon': false } }).changes).toEqual([]);
  });

  it('refuses an unknown name', () => {
    expect(() => fix(BEFORE, { only: ['copy-insted-of-add'] })).toThrow(UnknownTransformError);
    expect(() => fix(BEFORE, { skip: ['x'] })).toThrow('there is no transform x');
  });

  it.each([
    [{ 'merge-run': { scop: 'all' } }, 'merge-run has no option scop: did you mean scope?'],
    [{ 'merge-run': { scope: 'al' } }, 'merge-run: option scope is one of related, final-stage, all, not "al"'],
    [{ 'merge-run': { 'max-commands': '3' } }, 'merge-run: option max-commands is a number, not "3"'],
    [{ 'merge-run': { toString: 'x' } }, 'merge-run has no option toString'],
  ])('refuses the settings %j', (settings, message) => {
    expect(() => fix(BEFORE, { settings })).toThrow(message);
  });

  const label = (level: Level, own: Level | undefined, mayChange: readonly Facet[]): Transform => ({
    name: 'label-it',
    group: 'custom',
    summary: 'Label it',
    level,
    covers: [],
    mayChange,
    docs: '',
    *find({ dockerfile }) {
      const [from] = dockerfile.instructions;
      if (from !== undefined && !dockerfile.text.includes('LABEL'))
        yield change('Label it', from, [insertAfter(dockerfile, from, ['LABEL a=b'])], [], own);
    },
  });

  it('refuses a safe transform that may change more than safe allows, defined or not', () => {
    expect(() => fix('FROM a\n', { custom: [label('safe', undefined, ['labels'])] })).toThrow(
      'a safe transform may change caches alone, not labels',
    );
  });

  it.each([
    [{}, false],
    [{ level: 'unsafe' }, true],
    [{ only: ['label-it'] }, false],
    [{ only: ['label-it'], level: 'unsafe' }, true],
    [{ settings: { 'label-it': true } }, false],
  ] as const)('makes an unsafe change of a guarded transform with %j: %s', (options, made) => {
    const { after, changes, leftAlone } = fix('FROM a:1\n', {
      custom: [label('guarded', 'unsafe', ['labels'])],
      ...options,
    });
    const own = <T extends { transform: string }>(all: readonly T[]): T[] =>
      all.filter(({ transform }) => transform === 'label-it');
    expect(after.includes('LABEL')).toBe(made);
    expect(own(changes).map(({ level }) => level)).toEqual(made ? ['unsafe'] : []);
    expect(own(leftAlone).map(({ level, code }) => `${level} ${code}`)).toEqual(made ? [] : ['unsafe level']);
  });

  it('runs a transform that is named, whatever its level', () => {
    expect(fix('FROM a:1\n', { custom: [label('unsafe', undefined, ['labels'])] }).after).not.toContain('LABEL');
    expect(fix('FROM a:1\n', { custom: [label('unsafe', undefined, ['labels'])], only: ['label-it'] }).after).toContain(
      'LABEL',
    );
  });
});

describe('fixFile and fixTree', () => {
  it('write, or do not', async () => {
    const folder = folderWith({ Dockerfile: BEFORE, 'b/Dockerfile': BEFORE });
    expect(await fixFile('Dockerfile', { cwd: folder, only, dryRun: true })).toMatchObject({
      path: 'Dockerfile',
      after: AFTER,
    });
    expect(read(folder, 'Dockerfile')).toBe(BEFORE);
    const reports: FileReport[] = [];
    for await (const report of fixTree(['.'], { cwd: folder, only })) reports.push(report);
    expect(reports.map(({ path, changes }) => [path, changes.length])).toEqual([
      ['Dockerfile', 1],
      ['b/Dockerfile', 1],
    ]);
    expect(read(folder, 'b/Dockerfile')).toBe(AFTER);
    expect(await fixFile('gone', { cwd: folder })).toMatchObject({ read: false, problems: [{ kind: 'find' }] });
    await expect(fixFile('Dockerfile', { cwd: folder, config: 'gone.json' })).rejects.toThrow(UsageError);
  });
});

describe('the package', () => {
  const dist = join(import.meta.dirname, '../../dist');

  it('exports the API from what is built, and its types', () => {
    const script = `const { fix } = await import(${JSON.stringify(pathToFileURL(join(dist, 'index.js')).href)});
      process.stdout.write(fix(${JSON.stringify(BEFORE)}, { only: ['copy-instead-of-add'] }).after);`;
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout).toBe(AFTER);
    expect(readFileSync(join(dist, 'index.d.ts'), 'utf8')).toContain('fixTree');
  });

  it('ships the schema that is committed', () => {
    const committed = readFileSync(join(import.meta.dirname, '../../schema/dockmod.schema.json'), 'utf8');
    expect(readFileSync(join(dist, 'dockmod.schema.json'), 'utf8')).toBe(committed);
    expect(JSON.parse(committed)).toMatchObject({
      additionalProperties: false,
      properties: { level: { enum: ['safe', 'guarded', 'unsafe'] } },
    });
  });
});
