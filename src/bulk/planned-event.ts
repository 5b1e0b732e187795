import type { JournalEvent } from './journal/types.js';
import type { PlanEntry } from './plan/types.js';

/** What the journal says of a repository's plan. */
export function plannedEvent({ outcome, reason = '', head, commits, fixes }: PlanEntry): JournalEvent {
  if (outcome !== 'fix') return { event: outcome, reason };
  const files = new Set(commits.flatMap((commit) => commit.files.map(({ path }) => path))).size;
  const byTransform: Record<string, number> = {};
  for (const { transform } of fixes) byTransform[transform] = (byTransform[transform] ?? 0) + 1;
  return { event: 'planned', head: head?.commit ?? '', files, fixes: byTransform };
}
