// All transforms together over every fixture, in the order of the catalogue and in reverse.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../src/dockerfile/parse.js';
import { readersAgree } from '../src/dockerfile/second-reader.js';
import type { Result, Transform } from '../src/engine/types.js';
import { transforms } from '../transforms/index.js';
import { readFixtures, runAgain, runFixture, type Fixture } from './support/fixtures.js';

const reverse = [...transforms].reverse();
const runs = readFixtures().map((fixture) => ({
  title: fixture.title,
  fixture,
  forwards: runFixture(fixture, fixture.before, transforms),
  backwards: runFixture(fixture, fixture.before, reverse),
}));

describe.each(runs)('all transforms over $title', ({ fixture, forwards, backwards }) => {
  it('in the order of the catalogue: no problem, readable, settled', () => {
    expectGood(fixture, forwards, transforms);
  });

  it('in reverse: no problem, readable, settled', () => {
    expectGood(fixture, backwards, reverse);
  });
});

function expectGood(fixture: Fixture, result: Result, chosen: readonly Transform[]): void {
  expect(result.problems).toEqual([]);
  expect(readersAgree(parseDockerfile(result.after))).toBe(true);
  const again = runAgain(fixture, result, chosen);
  expect(again.after).toBe(result.after);
  expect(again.changes).toEqual([]);
  expect(again.contextEdits).toEqual([]);
}

describe.each(transforms)('$name', ({ name, summary }) => {
  const own = runs.filter(({ fixture }) => fixture.transform === name).map(({ fixture }) => fixture);

  it('has an example that it changes, and cases that it does not', () => {
    expect(own.find((fixture) => fixture.name === 'example')?.expected.changes ?? []).not.toEqual([]);
    expect(own.filter(({ expected }) => expected.changes.length === 0).length).toBeGreaterThan(1);
  });

  it('says in one sentence what it does', () => {
    expect(summary).toMatch(/^[A-Z][^.]*\.$/);
  });
});

describe('the order of the catalogue', () => {
  it('is explained in transforms/index.ts, above each transform, where it matters', () => {
    const matters = new Set(runs.flatMap(pairsThatMatter));
    expect([...explainedPairs()].sort()).toEqual([...matters].sort());
  });
});

/** `ONE before OTHER` for the pairs that give another text the other way round, where the whole catalogue does. */
function pairsThatMatter({ fixture, forwards, backwards }: (typeof runs)[number]): string[] {
  if (textsOf(forwards) === textsOf(backwards)) return [];
  const acting = new Set([...forwards.changes, ...backwards.changes].map(({ transform }) => transform));
  const chosen = transforms.filter(({ name }) => acting.has(name));
  return chosen.flatMap((one, index) =>
    chosen
      .slice(index + 1)
      .filter((other) => textsAfter(fixture, [one, other]) !== textsAfter(fixture, [other, one]))
      .map((other) => `${one.name} before ${other.name}`),
  );
}

function textsAfter(fixture: Fixture, chosen: readonly Transform[]): string {
  return textsOf(runFixture(fixture, fixture.before, chosen));
}

function textsOf({ after, contextEdits }: Result): string {
  return JSON.stringify([after, contextEdits]);
}

/** The same as the catalogue says it, in comments above an entry: `// Before OTHER: WHY`. */
function explainedPairs(): Set<string> {
  const text = readFileSync('transforms/index.ts', 'utf8');
  const imports = text.matchAll(/^import \{ (\w+) \} from '.*\/([\w-]+)\.js';$/gm);
  const names = new Map([...imports].map(([, variable = '', name = '']) => [variable, name]));
  const entries = text.matchAll(/((?: {2}\/\/ .*\n)+) {2}(\w+),\n/g);
  return new Set(
    [...entries].flatMap(([, comment = '', variable = '']) =>
      [...comment.matchAll(/\/\/ Before ([\w-]+): /g)].map(
        ([, other = '']) => `${names.get(variable) ?? variable} before ${other}`,
      ),
    ),
  );
}
