import { describe, expect, it } from 'vitest';
import { dockmod, folderWith, read } from './program.js';

/** Empties the apt lists at the end of every RUN; of one that is odd, at a level of its own. */
const plugin = (level: string, mayChange: string, own: string): string => `export default {
  name: 'clean-up', level: '${level}', mayChange: [${mayChange}],
  *find({ dockerfile }) {
    for (const one of dockerfile.instructions) {
      if (one.keyword !== 'RUN' || /lists/.test(one.body.text)) continue;
      const level = one.body.text.includes('odd') ? ${own} : undefined;
      const edits = [{ start: one.end, end: one.end, text: ' && rm -rf /var/lib/apt/lists/*' }];
      yield { kind: 'change', message: 'Clean up', range: one, edits, level };
    }
  },
};
`;
const TEXT = 'FROM debian:13.1\nRUN a\nRUN odd\n';
const CLEAN = 'RUN a && rm -rf /var/lib/apt/lists/*\n';
const ODD = 'RUN odd && rm -rf /var/lib/apt/lists/*\n';
const ONLY = ['--transform', 'p.mjs', '--only', 'clean-up'];

describe('a change with a level of its own', () => {
  const files = { 'p.mjs': plugin('safe', "'caches'", "'unsafe'"), Dockerfile: TEXT };

  it('waits for its level, is listed and counted until then', () => {
    const folder = folderWith(files);
    expect(dockmod(folder, ['fix', ...ONLY]).out).toMatch(
      /1 change\n.*\nLeft alone: 1 place.*\n--unsafe would add: clean-up 1\n/,
    );
    expect(read(folder, 'Dockerfile')).toBe(`FROM debian:13.1\n${CLEAN}RUN odd\n`);
    const { out } = dockmod(folder, ['explain', 'Dockerfile', ...ONLY]);
    expect(out).toMatch(/^Left alone\n +3 +clean-up +it needs level unsafe: Clean up$/m);
    const json = dockmod(folder, ['fix', '--safe', '--format', 'json', ...ONLY]).out;
    expect(JSON.parse(json)).toMatchObject({
      files: [{ changed: false, leftAlone: [{ transform: 'clean-up', level: 'unsafe', code: 'level', line: 3 }] }],
    });
  });

  it('is made with --unsafe, and says so in every report', () => {
    const text = dockmod(folderWith(files), ['fix', '--unsafe', ...ONLY]).out;
    expect(text).toMatch(/^ +2 +clean-up +Clean up \(safe\)\n +3 +clean-up +Clean up \(unsafe\)$/m);
    expect(text).not.toContain('would add');
    const folder = folderWith(files);
    expect(dockmod(folder, ['explain', 'Dockerfile', '--unsafe', ...ONLY]).out).toMatch(
      /Clean up \(safe\)\n.*Clean up \(unsafe\)/,
    );
    expect(dockmod(folder, ['fix', '--unsafe', '--format', 'markdown', ...ONLY]).out).toContain(
      '- line 2: Clean up (`clean-up`, safe)\n- line 3: Clean up (`clean-up`, unsafe)\n',
    );
    expect(read(folder, 'Dockerfile')).toBe(`FROM debian:13.1\n${CLEAN}${ODD}`);
    const json = dockmod(folderWith(files), ['fix', '--unsafe', '--format', 'json', ...ONLY]).out;
    expect(JSON.parse(json)).toMatchObject({ files: [{ changes: [{ level: 'safe' }, { level: 'unsafe' }] }] });
  });

  it.each([
    ['level: unsafe\n', true],
    ['level: safe\n', false],
    ['transforms: { clean-up: true }\n', false],
    ['level: safe\noverrides: [{ files: [Dockerfile], level: unsafe }]\n', true],
  ])('follows the configuration %j: %s', (config, made) => {
    const folder = folderWith({ ...files, 'dockmod.config.yaml': `${config}plugins: [p.mjs]\nonly: [clean-up]\n` });
    expect(dockmod(folder, ['fix']).code).toBe(0);
    expect(read(folder, 'Dockerfile')).toBe(`FROM debian:13.1\n${CLEAN}${made ? ODD : 'RUN odd\n'}`);
  });

  it('breaks the contract when it is lower than that of its transform', () => {
    const folder = folderWith({ ...files, 'p.mjs': plugin('guarded', "'caches'", "'safe'") });
    const { code, err } = dockmod(folder, ['fix', ...ONLY]);
    expect(code).toBe(2);
    expect(err).toContain(`error Dockerfile:3: clean-up: its change can't be "safe": the transform is guarded`);
    expect(read(folder, 'Dockerfile')).toBe(`FROM debian:13.1\n${CLEAN}RUN odd\n`);
  });
});

it.each([
  ["'user'", 'a safe transform may change caches alone, not user'],
  ["'usr'", 'there is no facet "usr" for mayChange'],
])('refuses a safe transform that declares %s', (mayChange, message) => {
  const folder = folderWith({ 'p.mjs': plugin('safe', mayChange, 'undefined'), Dockerfile: TEXT });
  const { code, err } = dockmod(folder, ['fix', '--safe', '--transform', 'p.mjs']);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(read(folder, 'Dockerfile')).toBe(TEXT);
});
