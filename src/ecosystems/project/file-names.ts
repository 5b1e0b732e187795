import type { FileName } from './types.js';

/** A test for names that are among these; `*` stands for any text. */
export function nameTest(names: readonly FileName[]): (name: string) => boolean {
  const sources = names.map((name) => name.split('*').map(escape).join('.*'));
  const test = new RegExp(`^(?:${sources.join('|')})$`);
  return (name) => test.test(name);
}

function escape(text: string): string {
  return text.replace(/[.+()]/g, '\\$&');
}
