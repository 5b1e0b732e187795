import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { judgeChains } from '../../scripts/fuzz/chains/judge.js';

const missing = ['dash', 'bash'].filter((shell) => spawnSync(shell, ['-c', ':']).error !== undefined);

/** The first two neighbouring RUNs become one, whatever they hold. */
const joinWith =
  (operator: string) =>
  (text: string): string =>
    text.replace(/^(RUN [^<\n]*)\nRUN (?!<)/m, `$1${operator}`);

describe('the judge of joins (skipped without dash and bash)', () => {
  it.skipIf(missing.length > 0)('finds no difference in what is joined', { timeout: 120_000 }, () => {
    const { joined, differences } = judgeChains(25, 1);
    expect(joined).toBe(25);
    expect(differences).toEqual([]);
  });

  it.skipIf(missing.length > 0).each([' && ', '; ', ' || '])(
    'would tell of joins by %j',
    { timeout: 120_000 },
    (operator) => {
      const { differences } = judgeChains(12, 1, joinWith(operator));
      expect(differences.length).toBeGreaterThan(0);
    },
  );
});
