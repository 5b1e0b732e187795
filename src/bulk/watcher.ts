import type { PlanEntry, Standing } from './types.js';

/** Told of a run as it goes on. */
export interface Watcher {
  total(count: number): void;
  begin(id: string): void;
  /** `entry` is undefined where there is no plan to speak of. */
  done(standing: Standing, entry: PlanEntry | undefined): void;
}
