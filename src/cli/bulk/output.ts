import type { Watcher } from '../../bulk/campaign-run.js';
import type { Standing } from '../../bulk/journal/types.js';
import type { PlanEntry } from '../../bulk/plan/types.js';
import { oneLine } from '../../report/terminal.js';

export interface BulkOutput extends Watcher {
  /** A line beside the progress, on standard error. */
  notice(text: string): void;
  /** Takes the progress line away. */
  end(): void;
  /** How many of those that were done are in each state. */
  counts(): ReadonlyMap<Standing['state'], number>;
}

const INTERVAL_MS = 100;

/** On a terminal one line that moves; elsewhere, and for what a person has to know, a line a repository. */
export function bulkOutput({ quiet }: { readonly quiet: boolean }): BulkOutput {
  const stream = process.stderr;
  const live = stream.isTTY && !quiet;
  const running = new Set<string>();
  const states = new Map<string, Standing['state']>();
  const began = performance.now();
  let [total, done, last] = [0, 0, 0];
  const clear = (): void => {
    if (live) stream.write('\r\u001b[K');
  };
  const draw = (): void => {
    const now = performance.now();
    if (!live || now - last < INTERVAL_MS) return;
    last = now;
    const rate = (done / Math.max(0.1, (now - began) / 1000)).toFixed(1);
    stream.write(`\r${progressLine({ done, total, rate, running: [...running] }, stream.columns)}\u001b[K`);
  };
  const print = (text: string): void => {
    clear();
    stream.write(`${oneLine(text)}\n`);
    last = 0;
    draw();
  };
  return {
    counts() {
      const counts = new Map<Standing['state'], number>();
      for (const state of states.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
      return counts;
    },
    total: (count) => void (total += count),
    begin(id) {
      running.add(id);
      draw();
    },
    done(standing, entry) {
      running.delete(standing.repository);
      done++;
      states.set(standing.repository, standing.state);
      const worthTelling = standing.state === 'failed' || standing.reason !== undefined;
      if (!quiet && (!live || worthTelling)) print(standingLine(standing, entry));
      else if (quiet && standing.state === 'failed') print(standingLine(standing, entry));
      draw();
    },
    notice: print,
    end: clear,
  };
}

export interface ProgressState {
  readonly done: number;
  readonly total: number;
  readonly rate: string;
  readonly running: readonly string[];
}

/** At most as wide as the terminal, so that it stays one line. */
export function progressLine({ done, total, rate, running }: ProgressState, columns: number): string {
  const names = running.map((id) => id.split('/').at(-1)).join(', ');
  const line = oneLine(`${done}/${total} repositories, ${rate}/s${names === '' ? '' : `: ${names}`}`);
  const width = Math.max(20, columns || 80) - 1;
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

export function standingLine(standing: Standing, entry: PlanEntry | undefined): string {
  const { repository, state, reason, pullRequest } = standing;
  const count = Object.values(standing.fixes).reduce((sum, one) => sum + one, 0);
  const fixes = `${count} ${count === 1 ? 'fix' : 'fixes'} in ${standing.files} ${standing.files === 1 ? 'file' : 'files'}`;
  const what = reason ?? pullRequest?.url ?? (state === 'pushed' ? `${fixes}, branch ${standing.branch ?? ''}` : fixes);
  const problems = entry?.problems.length ?? 0;
  const more =
    problems > 0 && reason === undefined ? `; ${problems} ${problems === 1 ? 'file' : 'files'} could not be fixed` : '';
  return `${state} ${repository}: ${what}${more}`;
}
