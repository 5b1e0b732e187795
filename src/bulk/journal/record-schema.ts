import * as v from 'valibot';
import { refuse, type Refusal } from '../../refusal.js';
import type { JournalRecord } from './types.js';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const reason = v.string();

/** The events that a journal may hold, with the fields of each. */
const EVENTS = {
  planned: { head: v.string(), files: count, fixes: v.record(v.string(), count) },
  nothing: { reason },
  skipped: { reason },
  failed: { reason },
  pushing: { branch: v.string(), commit: v.string() },
  pushed: { branch: v.string(), commit: v.string(), content: v.string() },
  withdrawn: { reason },
  'pull-request': {
    number: count,
    url: v.string(),
    state: v.picklist(['open', 'merged', 'closed']),
    checks: v.picklist(['green', 'red', 'pending', 'none']),
    wave: v.optional(count),
  },
} satisfies Record<JournalRecord['event'], v.ObjectEntries>;

const HEAD = v.object({
  at: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text))),
  ),
  repository: v.string(),
  event: v.string(),
});
const RECORDS = new Map<string, v.GenericSchema>(
  Object.entries(EVENTS).map(([event, entries]) => [event, v.object(entries)]),
);

/** A line of a journal as a record, or what is wrong with it, in a few words. */
export function recordOf(line: string): JournalRecord | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return refuse('damaged', 'it is not JSON');
  }
  const wrong = whatIsWrong(value);
  return wrong === undefined ? (value as JournalRecord) : refuse('damaged', wrong);
}

function whatIsWrong(value: unknown): string | undefined {
  const head = v.safeParse(HEAD, value);
  if (!head.success) return problemOf(head.issues);
  const schema = RECORDS.get(head.output.event);
  if (schema === undefined) return `there is no event ${JSON.stringify(head.output.event)}`;
  const fields = v.safeParse(schema, value);
  return fields.success ? undefined : problemOf(fields.issues);
}

function problemOf([issue]: readonly [v.BaseIssue<unknown>, ...unknown[]]): string {
  const path = v.getDotPath(issue);
  return path === null ? 'it is not an object' : `its "${path}" is missing or wrong`;
}
