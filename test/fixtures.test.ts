// Every fixture, alone with its transform: what comes out, byte for byte and word for word.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../src/engine/types.js';
import { transforms } from '../transforms/index.js';
import { outcomeOf, readFixtures, runAgain, runFixture, type Outcome } from './support/fixtures.js';
import { BYTE_ORDER_MARK, hasMixedLineEnds, swapLineEnds } from './support/variants.js';

describe.each(readFixtures())('$title', (fixture) => {
  const { before, expected } = fixture;
  const result = runFixture(fixture);

  it('comes out byte for byte, with these messages and reasons', () => {
    expect(transforms.map(({ name }) => name)).toContain(fixture.transform);
    expectOutcome(result, expected, `if this is right: npm run fixtures -- --update ${fixture.title}`);
  });

  it('says why there is nothing to find where that is so', () => {
    const found = result.changes.length + result.leftAlone.length > 0;
    // Fixtures written before nothing-found.txt came in have an empty left-alone.txt.
    if (!found && fixture.nothingFound === undefined && existsSync(join(fixture.folder, 'left-alone.txt'))) return;
    expect(fixture.nothingFound?.trim() ?? '', 'nothing-found.txt').toMatch(found ? /^$/ : /\S/);
  });

  it('is settled', () => {
    const again = runAgain(fixture, result);
    expect(again.after).toBe(result.after);
    expect(again.changes).toEqual([]);
    expect(again.contextEdits).toEqual([]);
  });

  it('comes out the same with a byte order mark', () => {
    expectOutcome(runFixture(fixture, BYTE_ORDER_MARK + before), {
      ...expected,
      after: BYTE_ORDER_MARK + expected.after,
    });
  });

  it.skipIf(hasMixedLineEnds(before))('comes out the same with other line ends', () => {
    expectOutcome(runFixture(fixture, swapLineEnds(before)), { ...expected, after: swapLineEnds(expected.after) });
  });
});

function expectOutcome(result: Result, expected: Outcome, hint?: string): void {
  expect(result.problems).toEqual([]);
  const { changes, leftAlone, ...texts } = outcomeOf(result);
  expect(texts, hint).toEqual({ after: expected.after, dockerignore: expected.dockerignore });
  // Fixtures written before changes.txt and codes came in.
  if (expected.changes.length > 0 || changes.length === 0) expect(changes, hint).toEqual(expected.changes);
  const withCodes = expected.leftAlone.every((line) => /^\d+ [a-z\d-]+: /.test(line));
  expect(withCodes ? leftAlone : leftAlone.map((line) => line.replace(/^\d+ [a-z\d-]+: /, '')), hint).toEqual(
    expected.leftAlone,
  );
}
