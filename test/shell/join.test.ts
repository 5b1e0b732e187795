import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { joinForms, joinTexts } from '../../src/shell/join.js';
import { parseScript } from '../../src/shell/parse.js';

const NAMES = ['fetch', 'make', 'clean', 'check'];
const folder = mkdtempSync(join(tmpdir(), 'dockmod-join-'));
// Every command logs its name, arguments and directory; it fails when its number is the one chosen to fail.
const prelude = NAMES.map((name) => `${name}() { stub ${name} "$@"; }`).join('\n');
writeFileSync(
  join(folder, 'prelude.sh'),
  `stub() {
  read -r number < "$COUNT"; echo $((number + 1)) > "$COUNT"
  echo "$* in $PWD" >> "$TRACE"
  [ $((number + 1)) != "$FAIL" ]
}
${prelude}
`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const simple = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom('', ' a', ' "b c"', ' $SEEN'))
  .map((parts) => parts.join(''));
const other = fc.constantFrom(
  'cd /tmp',
  'cd /',
  'SEEN=x',
  'export SEEN=y',
  'set -e',
  'set -ex',
  'true',
  'false',
  'umask 077',
  'exit 0',
  '! make',
  'exit 3',
);
const nested = fc
  .tuple(simple, fc.constantFrom('&&', ';', '||'), simple)
  .chain(([a, operator, b]) =>
    fc.constantFrom(
      `(${a} ${operator} ${b})`,
      `{ ${a} ${operator} ${b}; }`,
      `if ${a}; then ${b}; fi`,
      `for i in 1 2; do ${a}; done`,
      `${a} | read -r line`,
      `echo line | ${b}`,
    ),
  );
const command = fc.oneof(
  { weight: 6, arbitrary: simple },
  { weight: 2, arbitrary: other },
  { weight: 2, arbitrary: nested },
);
const script = fc
  .tuple(
    command,
    fc.array(fc.tuple(fc.constantFrom(' && ', ' && ', ' && ', '; ', ' || '), command), { maxLength: 3 }),
    fc.constantFrom('', '', '', ';'),
  )
  .map(([first, rest, end]) => first + rest.map((parts) => parts.join('')).join('') + end);

/** A driver that runs scripts one after the other as RUNs do, each in a shell of its own, and prints trace and outcome. */
function driver(shell: string, cases: readonly { scripts: readonly string[]; fail: number }[]): string[] {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = cases.map(({ scripts, fail }) => {
    const runs = scripts
      .map((text) => `${shell} -c ${quote(`. ${folder}/prelude.sh; ${text}`)} 2>/dev/null </dev/null`)
      .join(' && ');
    return `: > "$TRACE"; echo 0 > "$COUNT"; export FAIL=${fail}; ${runs}; echo "status $?" >> "$TRACE"; tr '\\n' '|' < "$TRACE"; echo`;
  });
  const env = { PATH: '/usr/bin:/bin', TRACE: join(folder, 'trace'), COUNT: join(folder, 'count') };
  const { stdout } = spawnSync('sh', ['-s'], {
    input: lines.join('\n'),
    env,
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return stdout.trimEnd().split('\n');
}

const missing = ['dash', 'bash'].filter((shell) => spawnSync(shell, ['-c', ':']).error !== undefined);

describe('joinForms', () => {
  it.each([
    ['a', 'b', ['bare', 'bare']],
    ['a && b', 'c | d', ['bare', 'bare']],
    ['a; b', 'c', ['group', 'bare']],
    ['a', 'b || c', ['bare', 'group']],
    ['set -ex && a', 'b && c', ['bare', 'bare']],
    ['cd /x && make', 'cd /y && make', ['bare', 'bare']],
    ['cd /x && make', 'rm -rf /x', ['bare', 'bare']],
  ])('joins %j and %j', (left, right, forms) => {
    expect(joinForms([parseScript(left), parseScript(right)], () => false)).toEqual(forms);
  });

  it.each([
    ['cd /x && make', 'make check', 'directory'],
    ['V=1 && a', 'echo $V', 'sets V'],
    ['PATH=/x && a', 'b', 'sets PATH'],
    ['export V=1 && a', 'b', 'exports V'],
    ['set -e; a; b', 'c', 'set -e'],
    ['a &', 'b', 'background'],
    ['a # note', 'b', 'comment'],
    ['exit 0', 'b', 'exit'],
    ['set -o pipefail && a | b', 'c | d', 'options'],
    ['umask 077 && a', 'b', 'umask'],
    ["echo 'a", 'b', "can't be read"],
  ])('refuses %j and %j', (left, right, reason) => {
    expect(joinForms([parseScript(left), parseScript(right)], (name) => name === 'PATH')).toContain(reason);
  });

  it.skipIf(missing.length > 0)(
    'does the same in dash and bash, whichever command fails (skipped without both shells)',
    () => {
      const joined = fc
        .sample(fc.array(script, { minLength: 2, maxLength: 3 }), { numRuns: 1500, seed: 7 })
        .flatMap((texts) => {
          const scripts = texts.map(parseScript);
          const forms = joinForms(scripts, () => false);
          return typeof forms === 'string' ? [] : [{ texts, text: joinTexts(scripts, forms) }];
        })
        .slice(0, 200);
      expect(joined.length).toBeGreaterThan(150);
      const failures = [0, 1, 2, 3, 4, 5];
      for (const shell of ['dash', 'bash']) {
        const separate = driver(
          shell,
          joined.flatMap(({ texts }) => failures.map((fail) => ({ scripts: texts, fail }))),
        );
        const together = driver(
          shell,
          joined.flatMap(({ text }) => failures.map((fail) => ({ scripts: [text], fail }))),
        );
        expect(separate).toHaveLength(joined.length * failures.length);
        for (const [index, trace] of separate.entries())
          expect(
            together[index],
            `${shell}: ${joined[Math.floor(index / failures.length)]?.text ?? ''}, fails at ${index % failures.length}`,
          ).toBe(trace);
      }
    },
    120_000,
  );
});
