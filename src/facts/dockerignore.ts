import { cleanPath, patternToRegExp } from './patterns.js';

interface Rule {
  readonly exclude: boolean;
  readonly regexp: RegExp;
}

/**
 * The rules of an ignore file as the builder reads them (moby/patternmatcher): patterns start at the context's root, the last
 * match wins, `!` takes back, and what is below an excluded folder is excluded unless taken back.
 * The `ignore` package can't answer this: in .gitignore nothing below an excluded folder can be taken back.
 */
export function ignoreMatcher(text: string): (path: string) => boolean {
  const rules = readRules(text);
  return (path) => {
    const parents = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
    let excluded = false;
    for (const { exclude, regexp } of rules)
      if (excluded !== exclude && parents.some((parent) => regexp.test(parent))) excluded = exclude;
    return excluded;
  };
}

function readRules(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (raw.startsWith('#')) continue;
    const line = raw.trim();
    const exclude = !line.startsWith('!');
    const pattern = cleanPath(exclude ? line : line.slice(1).trim());
    if (line !== '' && pattern !== '') rules.push({ exclude, regexp: patternToRegExp(pattern) });
  }
  return rules;
}
