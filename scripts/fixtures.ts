// Compares the fixtures with what comes out: `npm run fixtures -- [NAME…]` shows the differences, `--update` writes them into the
// fixtures' files, to be read as a diff before they are committed. A name is a transform or a part of `<transform>/<case>`.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import { FILES, outcomeOf, readFixtures, runFixture, type Fixture, type Outcome } from '../test/support/fixtures.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { update: { type: 'boolean' } } });

/** By file: its text, undefined where the fixture has no such file. */
function textsOf(
  { before }: Fixture,
  { after, dockerignore, changes, leftAlone }: Outcome,
): Map<string, string | undefined> {
  const lines = (all: readonly string[]): string | undefined => (all.length === 0 ? undefined : `${all.join('\n')}\n`);
  return new Map([
    [FILES.after, after === before ? undefined : after],
    [FILES.dockerignore, dockerignore],
    [FILES.changes, lines(changes)],
    [FILES.leftAlone, lines(leftAlone)],
  ]);
}

function write(path: string, text: string | undefined): void {
  if (text === undefined) rmSync(path, { force: true });
  else writeFileSync(path, text);
}

/** The number of files that differ. */
function compare(fixture: Fixture, outcome: Outcome): number {
  const expected = textsOf(fixture, fixture.expected);
  const differing = [...textsOf(fixture, outcome)].filter(([file, text]) => text !== expected.get(file));
  for (const [file, text] of differing) {
    const path = join(fixture.folder, file);
    console.log(createTwoFilesPatch(path, path, expected.get(file) ?? '', text ?? '', 'expected', 'comes out'));
    if (values.update) write(path, text);
  }
  return differing.length;
}

/** What is said of nothing found must be true, and must be said. */
function checkNothingFound({ folder, nothingFound }: Fixture, { changes, leftAlone }: Outcome): boolean {
  const found = changes.length + leftAlone.length > 0;
  if (found !== (nothingFound === undefined)) {
    const what = found ? 'something is found: remove it' : 'nothing is found: say there in a sentence why';
    console.log(`${join(folder, 'nothing-found.txt')}: ${what}`);
  }
  return found === (nothingFound === undefined);
}

let wrong = 0;
for (const fixture of readFixtures()) {
  if (positionals.length > 0 && !positionals.some((name) => fixture.title.includes(name))) continue;
  const result = runFixture(fixture);
  const outcome = outcomeOf(result);
  for (const { message } of result.problems) console.log(`${fixture.title}: ${message}`);
  const differing = compare(fixture, outcome);
  if (!checkNothingFound(fixture, outcome) || result.problems.length > 0 || (differing > 0 && !values.update)) wrong++;
}
if (wrong > 0) process.exitCode = 1;
