import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ForgeCheck } from '../../support/forge-model.js';
import { KINDS, REQUEST, startBench, type Bench } from './setup.js';

const COMMIT = '1'.repeat(40);

describe.each(KINDS)('%s', (kind) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench(kind);
  });
  afterEach(() => bench.close());

  const checksWith = async (checks: readonly ForgeCheck[]): Promise<string> => {
    bench.server.model.checks.set(COMMIT, checks);
    return (await bench.open()).checks(bench.repository, COMMIT);
  };

  it('says that there are none', async () => {
    expect(await (await bench.open()).checks(bench.repository, COMMIT)).toBe('none');
  });

  it.each(['run', 'status'] as const)('reads every %s', async (by) => {
    for (const colour of ['green', 'red', 'pending'] as const) expect(await checksWith([{ colour, by }])).toBe(colour);
  });

  it.each(['run', 'status'] as const)('reads a hundred and more of each %s', async (by) => {
    const green = Array.from({ length: 120 }, () => ({ colour: 'green', by }) as const);
    expect(await checksWith([...green, { colour: 'red', by }])).toBe('red');
  });

  it('is red when one is, green only when all are', async () => {
    const [run, status] = ['run', 'status'] as const;
    expect(
      await checksWith([
        { colour: 'green', by: run },
        { colour: 'red', by: status },
      ]),
    ).toBe('red');
    expect(
      await checksWith([
        { colour: 'red', by: run },
        { colour: 'pending', by: status },
      ]),
    ).toBe('red');
    expect(
      await checksWith([
        { colour: 'green', by: run },
        { colour: 'pending', by: status },
      ]),
    ).toBe('pending');
    expect(
      await checksWith([
        { colour: 'green', by: run },
        { colour: 'green', by: status },
      ]),
    ).toBe('green');
  });
});

describe('GitHub', () => {
  it('reads what GitHub Actions has run where a token may not see check runs', async () => {
    const bench = await startBench('github');
    bench.server.model.hidesCheckRuns = true;
    bench.server.model.checks.set(COMMIT, 'red');
    expect(await (await bench.open()).checks(bench.repository, COMMIT)).toBe('red');
    await bench.close();
  });
});

describe('GitLab', () => {
  it('finds the pipeline of a merged result by the request', async () => {
    const bench = await startBench('gitlab');
    const forge = await bench.open();
    const { commit = '' } = await forge.open(bench.repository, REQUEST);
    bench.server.model.checks.set(commit, [{ colour: 'red', by: 'merged' }]);
    expect(await forge.checks(bench.repository, commit)).toBe('red');
    await bench.close();
  });
});
