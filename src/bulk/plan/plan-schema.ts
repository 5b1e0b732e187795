import * as v from 'valibot';
import { LEVELS } from '../../engine/levels.js';
import type { PlanEntry } from './types.js';

const text = v.string();
const line = v.pipe(v.number(), v.integer());
const forge = v.object({
  kind: v.picklist(['github', 'gitlab', 'gitea']),
  api: text,
  host: text,
  allowHttp: v.optional(v.boolean()),
});
const place = { path: text, line, transform: text, level: v.picklist(LEVELS) };
const file = v.object({
  path: text,
  mode: v.picklist(['100644', '100755']),
  before: v.optional(text),
  after: text,
  diff: text,
});

const ENTRY = v.object({
  repository: v.object({
    id: text,
    url: text,
    forge: v.optional(forge),
    path: text,
    defaultBranch: v.optional(text),
    ownUser: v.optional(v.literal(true)),
  }),
  head: v.optional(v.object({ branch: text, commit: text })),
  outcome: v.picklist(['fix', 'nothing', 'skipped', 'failed']),
  reason: v.optional(text),
  commits: v.array(v.object({ message: text, files: v.array(file) })),
  diff: text,
  fixes: v.array(v.object({ ...place, message: text })),
  leftAlone: v.array(v.object({ ...place, code: text, reason: text })),
  problems: v.array(v.object({ path: text, message: text })),
  skipped: v.array(v.object({ path: text, reason: text })),
  warnings: v.array(v.object({ path: text, line, message: text })),
});

/** Whether a line of a plan file is the plan of a repository; keys that are not known count for nothing. */
export function isPlanEntry(value: unknown): value is PlanEntry {
  return v.is(ENTRY, value);
}
