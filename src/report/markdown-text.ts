import { oneLine } from './terminal.js';

/** A code block, fenced with more backticks than any run of them in the diff. */
export function fence(diff: string): string {
  const longest = Math.max(2, ...[...diff.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}diff\n${diff}${marks}\n`;
}

/** Escapes what Markdown or HTML would interpret; code spans stay. */
export function escapeText(text: string): string {
  return oneLine(text)
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*_[\]<>#|`]/g, '\\$&')))
    .join('');
}

/** A code span for any text, also one with backticks. */
export function codeSpan(text: string): string {
  const clean = oneLine(text);
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  const pad = clean.startsWith('`') || clean.endsWith('`') ? ' ' : '';
  return `${marks}${pad}${clean}${pad}${marks}`;
}
