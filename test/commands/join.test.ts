import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { fix } from '../../src/engine/fix.js';
import { extendJoin, formOf, startJoin, type JoinForm, type JoinShell } from '../../src/commands/join.js';
import { startsWithErrexit } from '../../src/shell/options.js';
import { parseScript } from '../../src/shell/parse.js';
import { isRefusal, refuse } from '../../src/refusal.js';
import { runScript } from '../../src/shell/run.js';
import { mergeRun } from '../../transforms/merge-run/merge-run.js';

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
      `(set -e; ${a}; ${b})`,
      `echo line | (${a}; ${b})`,
      `check "$(${a}; ${b})"`,
      `SEEN=$(${a}; ${b})`,
      `while ${a}; do ${b}; break; done`,
      `case x in x) ${a}; ${b};; esac`,
      `{ ${a}; ${b}; } > seen.txt`,
      `! (${a}; ${b})`,
      `cd /usr && ${a}`,
      `cd /usr; ${a}`,
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

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** How a script gets its shell: a process of its own, as in a build, or a forked copy, which is the same and quicker. */
const inProcess = (shell: string, text: string): string =>
  `${shell} -c ${quote(`. ${folder}/prelude.sh; ${text}`)} 2>/dev/null </dev/null`;
const inFork = (_: string, text: string): string => `( eval ${quote(text)} ) 2>/dev/null </dev/null`;

interface Case {
  readonly scripts: readonly string[];
  readonly fail: number;
}

/** Runs scripts one after the other as RUNs do, each in a shell of its own; gives trace and outcome of each case. */
function run(shell: string, cases: readonly Case[], start: typeof inProcess): string[] {
  const lines = cases.map(({ scripts, fail }) => {
    const runs = scripts.map((text) => `if [ $status = 0 ]; then\n${start(shell, text)}\nstatus=$?\nfi`).join('\n');
    return `: > "$TRACE"; echo 0 > "$COUNT"; export FAIL=${fail}; status=0
${runs}
while read -r line; do printf '%s|' "$line"; done < "$TRACE"; echo "status $status"`;
  });
  const env = { PATH: '/usr/bin:/bin', TRACE: join(folder, 'trace'), COUNT: join(folder, 'count') };
  const input = `. ${folder}/prelude.sh\n${lines.join('\n')}`;
  const { stdout } = spawnSync(shell, ['-s'], { input, env, cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  return stdout.trimEnd().split('\n');
}

const missing = ['dash', 'bash'].filter((shell) => spawnSync(shell, ['-c', ':']).error !== undefined);
const FAILURES = [0, 1, 2, 3, 4, 5];

interface Joined {
  readonly texts: readonly string[];
  /** Fewer scripts, which stand for them. */
  readonly after: readonly string[];
}

const plainShell = { directory: '/', exported: () => false, errexit: false };

/** How scripts are written into their join, or why they can't be joined. */
function joinForms(texts: readonly string[], shell: JoinShell = plainShell): readonly JoinForm[] | string {
  const [first, ...rest] = texts.map(parseScript);
  if (first === undefined) return [];
  const join = startJoin(first);
  const refusals = rest.flatMap((script) => extendJoin(join, script, shell) ?? []);
  return refusals[0]?.reason ?? join.scripts.map(formOf);
}

/** The scripts of RUNs behind `merge-run`. */
function mergeRuns(texts: readonly string[]): readonly string[] {
  const before = `FROM debian\nWORKDIR /\n${texts.map((text) => `RUN ${text}\n`).join('')}`;
  const { after, problems } = fix(before, {
    transforms: [mergeRun],
    facts: { context: undefined, images: { base: () => undefined, pin: () => refuse('not-known', 'not known') } },
    options: { 'merge-run': { scope: 'all' } },
  });
  expect(problems).toEqual([]);
  const dockerfile = parseDockerfile(after);
  return dockerfile.instructions.slice(2).map((instruction) => {
    const found = runScript(dockerfile, instruction);
    return isRefusal(found) ? instruction.body.text : found.script.text;
  });
}

/** Lists of scripts that can be joined, with what they become. */
function joinedScripts(count: number, seed: number): readonly Joined[] {
  return fc
    .sample(fc.array(script, { minLength: 2, maxLength: 3 }), { numRuns: count * 12, seed })
    .map((texts) => ({ texts, after: mergeRuns(texts) }))
    .filter(({ texts, after }) => after.length < texts.length)
    .slice(0, count);
}

function expectSame(shell: string, joined: readonly Joined[], start: typeof inProcess): void {
  const cases = (scripts: (one: Joined) => readonly string[]): Case[] =>
    joined.flatMap((one) => FAILURES.map((fail) => ({ scripts: scripts(one), fail })));
  const separate = run(
    shell,
    cases(({ texts }) => texts),
    start,
  );
  const together = run(
    shell,
    cases(({ after }) => after),
    start,
  );
  expect(separate).toHaveLength(joined.length * FAILURES.length);
  for (const [index, trace] of separate.entries()) {
    const { texts, after } = joined[Math.floor(index / FAILURES.length)] ?? { texts: [], after: [] };
    const fails = index % FAILURES.length;
    expect(together[index], `${shell}: ${texts.join(' ⏎ ')} → ${after.join(' ⏎ ')}, fails at ${fails}`).toBe(trace);
  }
}

describe('a join', () => {
  it.each([
    ['a', 'b', ['bare', 'bare']],
    ['a && b', 'c | d', ['bare', 'bare']],
    ['a; b', 'c', ['group', 'bare']],
    ['a', 'b || c', ['bare', 'group']],
    ['set -ex && a', 'b && c', ['bare', 'bare']],
    ['cd /x && make', 'cd /y && make', ['bare', 'bare']],
    ['cd /x && make', 'rm -rf /x', ['bare', 'bare']],
    ['cd /x && make', 'mkdir -p /y && cd /y && make', ['bare', 'bare']],
    ['cd /x && make', "sed -i 's/a/b/' /etc/y > /dev/null 2>&1", ['bare', 'bare']],
    ['test -f /x || exit 1', 'b', ['group', 'bare']],
    ['set -ux && a', 'rm -rf /x', ['bare', 'bare']],
    ['(for V in a b; do make; done)', 'echo $V', ['bare', 'bare']],
    ['for V in a b; do make; done | tee /log', 'echo $V', ['bare', 'bare']],
    ['(f() { make; }; f)', 'f', ['bare', 'bare']],
    ['if a; then b; fi', 'c', ['bare', 'bare']],
    ['while a; do b; done', 'c', ['bare', 'bare']],
  ])('joins %j and %j', (left, right, forms) => {
    expect(joinForms([left, right])).toEqual(forms);
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
    ['(set -e; a; b)', 'c', 'set -e'],
    ['set -e && a', 'echo $(b; c)', 'options'],
    ['set -e && a', '(b; c) | d', 'options'],
    ['cd /x && a', 'cd /y && b && cd - && rm -rf z', 'directory'],
    ['cd /x && a', 'cd /y; make', 'directory'],
    ['cd /x && a', 'cp -r services/a services/b', 'directory'],
    ['cd /x && a', 'ls', 'directory'],
    ['cd /x && a', 'echo $PWD', 'directory'],
    ['cd /x && a', 'for i in a b; do echo $i; done > list', 'directory'],
    ['cd /x && a', './install /y', 'directory'],
    ['cd /x && a', 'rm -rf $NAME', 'directory'],
    ['cd /x && a', 'apt-key add key', 'directory'],
    ['cd /x && a', 'echo * > /y', 'directory'],
    ['command cd /x', 'make', 'directory'],
    [': ${V:=1}', 'echo $V', 'sets V'],
    ['V=1 && a', '. ./settings', 'sets V'],
    ['V=1 :', 'echo $V', 'sets V'],
    ['for V in a b; do make; done', 'echo $V', 'sets V'],
    ['if a; then for V in b c; do make; done; fi', 'echo $V', 'sets V'],
    ['f() { make; }', 'f', 'a function'],
    ['((V = 1))', 'echo $V', 'an arithmetic assignment'],
    ['$CD /x', 'make', 'stands for'],
    ['service x start && a', 'b', 'starts'],
    ["su -c 'server & sleep 1'", 'b', 'starts'],
    ['echo 10.0.0.1 host >> /etc/hosts', 'b', '/etc/hosts'],
  ])('refuses %j and %j', (left, right, reason) => {
    expect(joinForms([left, right], { ...plainShell, exported: (name) => name === 'PATH' })).toContain(reason);
  });

  it('keeps apart what SHELL with -e ends at its first failure', () => {
    const shell = { ...plainShell, errexit: true };
    expect(joinForms(['a; b', 'c'], shell)).toContain('set -e');
    expect(joinForms(['a && b', 'c; d'], shell)).toEqual(['bare', 'group']);
    expect(startsWithErrexit(['/bin/bash', '-eo', 'pipefail', '-c'])).toBe(true);
    expect(startsWithErrexit(['/bin/bash', '-o', 'pipefail', '-c'])).toBe(false);
  });

  it.skipIf(missing.length > 0).each(['dash', 'bash'])(
    'does the same in %s, whichever command fails (skipped without both shells)',
    (shell) => {
      const joined = joinedScripts(300, shell === 'dash' ? 7 : 8);
      expect(joined.length).toBe(300);
      expectSame(shell, joined.slice(0, 20), inProcess);
      expectSame(shell, joined.slice(20), inFork);
    },
    180_000,
  );
});
