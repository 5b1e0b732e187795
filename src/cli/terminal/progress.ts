/** A line on the terminal that shows the progress of a long run. */
export interface Progress {
  start(total: number): void;
  step(): void;
  /** Removes the line, so that something else can be printed. */
  clear(): void;
}

const DELAY_MS = 1000;
const INTERVAL_MS = 100;
const NONE: Progress = { start: () => undefined, step: () => undefined, clear: () => undefined };

export function makeProgress(enabled: boolean): Progress {
  const stream = process.stderr;
  if (!enabled || !stream.isTTY) return NONE;
  let [total, done, shown] = [0, 0, false];
  const began = performance.now();
  let last = began;
  return {
    start: (files) => void (total = files),
    step() {
      done++;
      const now = performance.now();
      if (now - began < DELAY_MS || now - last < INTERVAL_MS) return;
      last = now;
      shown = true;
      stream.write(`\r${done} of ${total} files\u001b[K`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
