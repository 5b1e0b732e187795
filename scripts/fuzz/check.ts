import { overlayContext } from '../../src/facts/context/overlay.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { fix } from '../../src/index.js';
import { VARIANTS, type Variant } from './variants.js';

const LIMIT_MS = 2000;

export interface Input {
  readonly text: string;
  readonly context: BuildContext | undefined;
}

/** What the file became under a variant; the input itself where nothing was changed. */
export interface Output {
  readonly variant: Variant;
  readonly text: string;
}

export interface Checked {
  readonly text: string;
  /** Why dockmod does not read the file; undefined where it does. */
  readonly refused: string | undefined;
  readonly outputs: readonly Output[];
  readonly failures: readonly string[];
}

/** Fixes an input in each way that there is: none may crash, take long, break its contract, or have something left to do. */
export function check({ text, context }: Input): Checked {
  const outputs: Output[] = [];
  const failures: string[] = [];
  let refused: string | undefined;
  for (const variant of VARIANTS) {
    const fail = (what: string): void => void failures.push(`${variant.name}: ${what}`);
    try {
      const start = performance.now();
      const { after, problems, contextEdits } = fix(text, { ...variant, context });
      if (performance.now() - start > LIMIT_MS) fail('slower than two seconds');
      refused = problems.find(({ kind }) => kind === 'parse')?.message;
      const bad = problems.find(({ kind }) => kind !== 'parse');
      if (bad !== undefined) fail(`${bad.kind}: ${bad.transform ?? ''} ${bad.message}`);
      if (after !== text) {
        const next = context && overlayContext(context, contextEdits);
        const again = fix(after, { ...variant, context: next });
        if (again.after !== after) fail(`a second run changes it again: ${namesOf(again.changes)}`);
      }
      outputs.push({ variant, text: after });
    } catch (error) {
      fail(`crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return { text, refused, outputs, failures };
}

function namesOf(changes: readonly { readonly transform: string }[]): string {
  return [...new Set(changes.map(({ transform }) => transform))].join(', ');
}
