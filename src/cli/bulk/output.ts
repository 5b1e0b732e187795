import type { Watcher } from '../../bulk/campaign-run.js';
import type { RepositoryStatus } from '../../bulk/journal/types.js';
import type { PlanEntry } from '../../bulk/plan/types.js';
import { plural } from '../../report/counts.js';
import { oneLine } from '../../report/terminal.js';

export interface BulkOutput extends Watcher {
  /** Prints a line to standard error. */
  notice(text: string): void;
  /** Removes the progress line. */
  end(): void;
  /** Number of finished repositories in each state. */
  counts(): ReadonlyMap<RepositoryStatus['state'], number>;
}

const INTERVAL_MS = 100;

/** On a terminal a progress line, and a line for each repository with a reason; elsewhere a line for each repository. */
export function bulkOutput({ quiet }: { readonly quiet: boolean }): BulkOutput {
  const stream = process.stderr;
  const live = stream.isTTY && !quiet;
  const running = new Set<string>();
  const states = new Map<string, RepositoryStatus['state']>();
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
      const counts = new Map<RepositoryStatus['state'], number>();
      for (const state of states.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
      return counts;
    },
    total: (count) => void (total += count),
    begin(id) {
      running.add(id);
      draw();
    },
    done(status, entry) {
      running.delete(status.repository);
      done++;
      states.set(status.repository, status.state);
      const worthTelling = status.state === 'failed' || status.reason !== undefined;
      if (!quiet && (!live || worthTelling)) print(statusLine(status, entry));
      else if (quiet && status.state === 'failed') print(statusLine(status, entry));
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

/** Shorter than the terminal is wide, so that it stays one line. */
export function progressLine({ done, total, rate, running }: ProgressState, columns: number): string {
  const names = running.map((id) => id.split('/').at(-1)).join(', ');
  const line = oneLine(`${done}/${total} repositories, ${rate}/s${names === '' ? '' : `: ${names}`}`);
  const width = Math.max(20, columns || 80) - 1;
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

type Notes = Pick<PlanEntry, 'problems' | 'warnings' | 'skipped'>;

export function statusLine(status: RepositoryStatus, entry: Notes | undefined): string {
  const { repository, state, reason, pullRequest } = status;
  const count = Object.values(status.fixes).reduce((sum, one) => sum + one, 0);
  const fixes = `${plural(count, 'fix', 'fixes')} in ${plural(status.files, 'file')}`;
  const what = reason ?? pullRequest?.url ?? (state === 'pushed' ? pushedWhat(status, fixes) : fixes);
  const { problems = [], warnings = [], skipped = [] } = entry ?? {};
  const more = [
    problems.length > 0 && reason === undefined ? `${plural(problems.length, 'file')} could not be fixed` : '',
    warnings.length > 0 ? plural(warnings.length, 'warning') : '',
    skipped.length > 0 ? `${plural(skipped.length, 'file')} skipped` : '',
  ].filter((part) => part !== '');
  return [`${state} ${repository}: ${what}`, ...more].join('; ');
}

/** A journal that lost the record of the plan does not know of any fixes. */
function pushedWhat({ head, branch = '' }: RepositoryStatus, fixes: string): string {
  return head === undefined ? `branch ${branch}` : `${fixes}, branch ${branch}`;
}
