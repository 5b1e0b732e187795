import * as v from 'valibot';
import { nearestName } from '../../engine/nearest.js';
import { refuse, type Refusal } from '../../refusal.js';

/** An optional key with the description that editors show. */
export function described<const S extends v.GenericSchema>(schema: S, text: string) {
  return v.optional(v.pipe(schema, v.description(text)));
}
export const texts = (description: string) => described(v.array(v.string()), description);

/** An object without other keys; the message for another key names the legal ones. */
export function shape<const E extends v.ObjectEntries>(entries: E) {
  return v.strictObject(entries, (issue) => {
    const key = issue.path?.at(-1)?.key;
    if (issue.expected !== 'never' || typeof key !== 'string')
      return `expected ${wordFor(issue.expected)}, got ${issue.received}`;
    const nearest = nearestName(key, Object.keys(entries));
    const keys = Object.keys(entries).filter((name) => name !== '$schema');
    return `unknown key; ${nearest === undefined ? '' : `did you mean ${nearest}? `}${keys.length === 0 ? 'there are none here' : `legal: ${keys.join(', ')}`}`;
  });
}

function wordFor(expected: string | null): string {
  return expected === 'Object' ? 'an object' : (expected ?? 'another value');
}

export function oneOf<const T extends readonly string[]>(values: T) {
  return v.picklist(values, ({ received }) => {
    const nearest = nearestName(received.replaceAll('"', ''), values);
    return `${received} is not legal; ${nearest === undefined ? '' : `did you mean ${nearest}? `}legal: ${values.join(', ')}`;
  });
}

/** The value as the schema outputs it, or a refusal that names the wrong key and what is legal. */
export function parseShape<const S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | Refusal {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = deepest(result.issues);
  const path = issue === undefined ? null : v.getDotPath(issue);
  return refuse('not-valid', `${path === null ? '' : `${path}: `}${issue?.message ?? 'it is not valid'}`);
}

/** Of the alternatives of a union, the issue with the longest path: that alternative matched furthest. */
function deepest(issues: readonly v.BaseIssue<unknown>[]): v.BaseIssue<unknown> | undefined {
  const [first] = issues;
  if (first?.issues === undefined) return first;
  const inner = first.issues.map((issue) => deepest([issue])).filter((issue) => issue !== undefined);
  const length = (issue: v.BaseIssue<unknown>): number => issue.path?.length ?? 0;
  const best = inner.sort((a, b) => length(b) - length(a))[0];
  return best !== undefined && length(best) > 0 ? withPrefix(first, best) : first;
}

function withPrefix(outer: v.BaseIssue<unknown>, inner: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const prefix = outer.path ?? [];
  const path = inner.path ?? [];
  const whole = path.length >= prefix.length && prefix.every((item, index) => item.key === path[index]?.key);
  const [head, ...tail] = whole ? path : [...prefix, ...path];
  return head === undefined ? inner : { ...inner, path: [head, ...tail] };
}
