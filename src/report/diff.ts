import { applyPatch, formatPatch, parsePatch, structuredPatch, type StructuredPatchHunk } from 'diff';

/** When a diff would need more edits, it replaces the whole file instead, since the search would take too long. */
const MAX_EDITS = 5000;

/**
 * A unified diff that `git apply` accepts; empty when nothing changed.
 * @param path leading slashes and dots are dropped, since paths in patches are relative
 * @param before undefined for a new file
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  if (before === after) return '';
  const name = path.replace(/^(?:\.{0,2}\/)+/, '');
  const oldFileName = before === undefined ? '/dev/null' : `a/${name}`;
  const newFileName = `b/${name}`;
  const options = { context: 3, maxEditLength: MAX_EDITS };
  const found = structuredPatch(oldFileName, newFileName, before ?? '', after, undefined, undefined, options);
  const hunks = found?.hunks ?? [wholeHunk(before ?? '', after)];
  const spaced = / /.test(name) ? '' : undefined;
  const headers = { oldHeader: spaced, newHeader: spaced };
  return formatPatch({ oldFileName, newFileName, ...headers, hunks, isGit: true, isCreate: before === undefined });
}

function wholeHunk(before: string, after: string): StructuredPatchHunk {
  const [removed, added] = [patchLines('-', before), patchLines('+', after)];
  const count = (lines: readonly string[]): number => lines.filter((line) => !line.startsWith('\\')).length;
  return { oldStart: 1, oldLines: count(removed), newStart: 1, newLines: count(added), lines: [...removed, ...added] };
}

function patchLines(sign: string, text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n').map((line) => sign + line);
  return text.endsWith('\n') ? lines.slice(0, -1) : [...lines, '\\ No newline at end of file'];
}

/** Applies a diff made by `unifiedDiff`; undefined when it does not match the text exactly. */
export function applyDiff(before: string, diff: string): string | undefined {
  const [patch] = parsePatch(diff);
  const after = patch && applyPatch(before, patch, { fuzzFactor: 0, autoConvertLineEndings: false });
  return after === false ? undefined : after;
}
