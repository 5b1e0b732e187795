/** The parts of a unified diff of one file. */
export interface DiffParts {
  /** Lines up to the first hunk. */
  readonly header: readonly string[];
  /** Each begins with its `@@` line; the last one ends with the empty string behind the last newline. */
  readonly hunks: readonly (readonly string[])[];
}

export function splitDiff(diff: string): DiffParts {
  const header: string[] = [];
  const hunks: string[][] = [];
  for (const line of diff.split('\n')) {
    // Lines of the files begin with a blank, + or -.
    if (line.startsWith('@@')) hunks.push([line]);
    else (hunks.at(-1) ?? header).push(line);
  }
  return { header, hunks };
}

/** The last line of a hunk in the file as it was, 1-based; of one that only adds, the line that it comes after. */
export function lastOldLine([head = '']: readonly string[]): number {
  const [, start = '0', count = '1'] = /^@@ -(\d+)(?:,(\d+))?/.exec(head) ?? [];
  return Number(start) + Math.max(0, Number(count) - 1);
}
