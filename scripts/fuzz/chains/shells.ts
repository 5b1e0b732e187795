import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Step } from './steps.js';

/** A place where scripts can be run: the programs they call are stand-ins. */
export interface Bench {
  readonly folder: string;
  close(): void;
}

/**
 * Logs how it is called and in which state, and where if that counts: some work in their directory, some on names that begin there,
 * the rest is called with whole paths only. Fails, with a status of its own, when it is the one to fail.
 */
const STAND_IN = `#!/bin/sh
read -r n < "$COUNT"; n=$((n + 1)); echo $n > "$COUNT"
where=
case "\${0##*/}" in
  make|npm|pip|check) where=$PWD ;;
  cp|mv|rm|mkdir|touch|ln) for word do case "$word" in [!/-]*) where=$PWD ;; esac; done ;;
esac
{ printf '%s' "\${0##*/}"; printf ' <%s>' "$@"; printf ' %s' "$where" "\${SEEN-unset}" "\${OTHER-unset}"; umask; } >> "$TRACE"
[ $n != "$FAIL" ] || exit $((n + 10))
`;

export function openBench(programs: readonly string[]): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-chains-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'stand-in'), STAND_IN);
  chmodSync(join(folder, 'stand-in'), 0o755);
  for (const name of programs) symlinkSync('../stand-in', join(folder, 'bin', name));
  return { folder, close: () => rmSync(folder, { recursive: true }) };
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Runs the steps once, stopping at the first RUN that fails; the last line tells how it ended. */
function build(steps: readonly Step[], fail: number): string {
  const lines = steps.map((step) => {
    if (step.kind === 'state') return `[ $status != 0 ] || ${step.text}`;
    const options = step.options.map((option) => `set -${option}; `).join('');
    return `if [ $status = 0 ]; then\n( ${options}eval ${quote(step.script)} ) > /dev/null 2>&1 < /dev/null\nstatus=$?\nfi`;
  });
  return `(
: > "$TRACE"; echo 0 > "$COUNT"; export FAIL=${fail}; status=0
${lines.join('\n')}
while read -r line; do printf '%s|' "$line"; done < "$TRACE"; echo "status $status"
)`;
}

export interface Case {
  readonly steps: readonly Step[];
  /** The number of the call that fails; 0: none. */
  readonly fail: number;
}

/** What each case logs, and how it ends: a line each. */
export function traces({ folder }: Bench, shell: string, cases: readonly Case[]): readonly string[] {
  const env = { PATH: join(folder, 'bin'), TRACE: join(folder, 'trace'), COUNT: join(folder, 'count') };
  const input = cases.map(({ steps, fail }) => build(steps, fail)).join('\n');
  const { stdout } = spawnSync(`/bin/${shell}`, ['-s'], {
    input,
    env,
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return stdout.trimEnd().split('\n');
}
