import { oneLine } from './terminal.js';

/** A code block; its marks are longer than any run of backticks in the diff. */
export function fence(diff: string): string {
  const longest = Math.max(2, ...[...diff.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}diff\n${diff}${marks}\n`;
}

/** Keeps code spans; what Markdown or HTML would read as its own is escaped outside of them. */
export function escapeText(text: string): string {
  return oneLine(text)
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*_[\]<>#|`]/g, '\\$&')))
    .join('');
}

/** A code span, whatever backticks are in the text. */
export function codeSpan(text: string): string {
  const clean = oneLine(text);
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  const pad = clean.startsWith('`') || clean.endsWith('`') ? ' ' : '';
  return `${marks}${pad}${clean}${pad}${marks}`;
}
