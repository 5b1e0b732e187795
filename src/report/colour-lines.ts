import { diffWordsWithSpace } from 'diff';
import type { Colours } from './colours.js';

/** Lines of a hunk in colour: what is taken away, what is added, and in lines that are alike the words that differ. */
export function colourLines(lines: readonly string[], colours: Colours): readonly string[] {
  const shown: string[] = [];
  for (let at = 0; at < lines.length;) {
    const removed = run(lines, at, '-');
    const added = run(lines, at + removed.length, '+');
    if (removed.length + added.length === 0) shown.push(lines[at++] ?? '');
    else {
      const pairs = removed.map((line, index) => wordsOf(line, added[index], colours));
      shown.push(...removed.map((line, index) => pairs[index]?.before ?? colours.red(line)));
      shown.push(...added.map((line, index) => pairs[index]?.after ?? colours.green(line)));
      at += removed.length + added.length;
    }
  }
  return shown;
}

function run(lines: readonly string[], from: number, sign: string): readonly string[] {
  let end = from;
  while (lines[end]?.startsWith(sign) === true) end++;
  return lines.slice(from, end);
}

/** Longer lines are compared by no one, neither word by word. */
const LONGEST = 2000;

/** A line before and after with its differing words marked; undefined where the two have little in common. */
function wordsOf(
  before: string,
  after: string | undefined,
  colours: Colours,
): { readonly before: string; readonly after: string } | undefined {
  if (after === undefined || before.length > LONGEST || after.length > LONGEST) return undefined;
  const parts = diffWordsWithSpace(before.slice(1), after.slice(1));
  const common = parts.filter(({ added, removed }) => !added && !removed);
  const same = common.reduce((sum, { value }) => sum + value.trim().length, 0);
  if (same * 2 < Math.min(before.length, after.length)) return undefined;
  const mark = (sign: 'added' | 'removed', colour: Colours['red']): string =>
    parts
      .filter((part) => part[sign] || common.includes(part))
      .map((part) => (part[sign] ? colour(colours.inverse(part.value)) : colour(part.value)))
      .join('');
  return {
    before: colours.red('-') + mark('removed', colours.red),
    after: colours.green('+') + mark('added', colours.green),
  };
}
