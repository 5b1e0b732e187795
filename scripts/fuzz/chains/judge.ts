import { fix } from '../../../src/index.js';
import { generateChain, PROGRAMS } from './generate.js';
import { openBench, traces, type Bench } from './shells.js';
import { needsBash, stepsOf } from './steps.js';

const MOST_FAILURES = 12;
const JOINERS = ['merge-run', 'combine-apt-update-install'];

export interface Judged {
  readonly generated: number;
  readonly joined: number;
  /** A paragraph each: shell, which call fails, before and after, and the two traces. */
  readonly differences: readonly string[];
}

interface Joined {
  readonly before: string;
  readonly after: string;
}

/** Joins the RUNs of a file as far as that is possible. */
export function join(text: string): string {
  return fix(text, { level: 'unsafe', only: JOINERS, settings: { 'merge-run': { scope: 'all' } } }).after;
}

/** Runs generated chains that `rewrite` changes, before and after, in dash and bash, with each call failing in turn. */
export function judgeChains(count: number, seed: number, rewrite: (text: string) => string = join): Judged {
  const bench = openBench(PROGRAMS);
  const differences: string[] = [];
  let [generated, joined] = [0, 0];
  while (joined < count) {
    const before = generateChain(seed * 1_000_003 + generated++);
    const after = rewrite(before);
    if (after === before) continue;
    joined++;
    const shells = needsBash(before) ? ['bash'] : ['dash', 'bash'];
    for (const shell of shells) differences.push(...difference(bench, shell, { before, after }));
  }
  bench.close();
  return { generated, joined, differences };
}

/** The first difference between the two. */
function difference(bench: Bench, shell: string, { before, after }: Joined): readonly string[] {
  const [left, right] = [stepsOf(before), stepsOf(after)];
  const [smooth = ''] = traces(bench, shell, [{ steps: left, fail: 0 }]);
  const calls = Math.min(smooth.split('|').length, MOST_FAILURES);
  const fails = Array.from({ length: calls }, (_, index) => index);
  const cases = [left, right].flatMap((steps) => fails.map((fail) => ({ steps, fail })));
  const found = traces(bench, shell, cases);
  const index = fails.find((fail) => found[fail] === undefined || found[fail] !== found[fail + calls]);
  if (index === undefined) return [];
  return [`${shell}, call ${index} fails:\n${before}→\n${after}${found[index] ?? ''}\n${found[index + calls] ?? ''}\n`];
}
