import type { ActionKind, Row } from './types.js';

/** Programs of which the same is known. */
export function rows(names: string, facts: Omit<Row, 'name'>): readonly Row[] {
  return names.split(' ').map((name) => ({ ...facts, name }));
}

/** What each subcommand does, from lists of those that do the same. */
export function kinds(lists: Readonly<Partial<Record<ActionKind, string>>>): Readonly<Record<string, ActionKind>> {
  const found: Record<string, ActionKind> = {};
  for (const [kind, names] of Object.entries(lists))
    for (const name of names.split(' ')) found[name] = kind as ActionKind;
  return found;
}
