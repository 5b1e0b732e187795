/** What a template of the campaign may name. */
const PLACEHOLDERS = [
  'campaign',
  'repository',
  'transform',
  'fixes.count',
  'files.count',
  'fixes',
  'leftAlone',
  'optOut',
  'body',
] as const;

type Placeholder = (typeof PLACEHOLDERS)[number];

const NAMED = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What is wrong with a template, or undefined. */
export function checkTemplate(text: string): string | undefined {
  const unknown = [...text.matchAll(NAMED)].find(([, name]) => !PLACEHOLDERS.some((one) => one === name));
  return unknown && `there is no ${unknown[0]}; legal: ${PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ')}`;
}

/** Replaces what a template names; what has no value becomes nothing. */
export function renderTemplate(text: string, values: Partial<Readonly<Record<Placeholder, string>>>): string {
  return text.replace(NAMED, (_, name: Placeholder) => values[name] ?? '');
}
