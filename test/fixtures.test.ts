// Every fixture, alone with its transform: what comes out, byte for byte and word for word.
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
  expect(outcomeOf(result), hint).toEqual(expected);
}
