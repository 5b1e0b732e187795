import { plural } from '../../report/counts.js';

const SHARED = ['campaign', 'repository', 'fixes.count', 'files.count'] as const;

/** What the templates of a campaign may name. */
const PLACEHOLDERS = {
  commit: [...SHARED, 'transform'],
  title: SHARED,
  body: [...SHARED, 'fixes', 'leftAlone', 'optOut', 'body'],
} as const;

type TemplateKind = keyof typeof PLACEHOLDERS;
export type TemplateValues<K extends TemplateKind> = Readonly<Record<(typeof PLACEHOLDERS)[K][number], string>>;

const NAMED = /\{\{([^{}]*)\}\}/g;

/** What is wrong with a template, or undefined. */
export function checkTemplate(kind: TemplateKind, text: string): string | undefined {
  const legal: readonly string[] = PLACEHOLDERS[kind];
  const unknown = [...text.matchAll(NAMED)].find(([, name = '']) => !legal.includes(name.trim()));
  return unknown && `there is no ${unknown[0]}; legal: ${legal.map((name) => `{{${name}}}`).join(', ')}`;
}

/** Replaces what a template names; it has been checked. */
export function renderTemplate<K extends TemplateKind>(text: string, values: TemplateValues<K>): string {
  const all: Readonly<Record<string, string>> = values;
  return text.replace(NAMED, (_, name: string) => all[name.trim()] ?? '');
}

/** What every template may name. */
export function sharedValues(where: {
  readonly campaign: string;
  readonly repository: string;
  readonly fixes: number;
  readonly files: number;
}): Readonly<Record<(typeof SHARED)[number], string>> {
  return {
    campaign: where.campaign,
    repository: where.repository,
    'fixes.count': plural(where.fixes, 'fix', 'fixes'),
    'files.count': plural(where.files, 'file', 'files'),
  };
}
