import { isatty } from 'node:tty';
import type { TerminalStyle } from '../../report/colours.js';

/** Standard output and standard error of a run. */
export interface Streams {
  /** Resolves when there is room for more. */
  out(text: string | Uint8Array): Promise<void>;
  err(text: string): void;
  /** True when the reader has gone (`| head`), or nothing can be written: nothing more needs to be printed. */
  closed(): boolean;
}

export function openStreams(): Streams {
  let closed = false;
  process.stdout.on('error', () => (closed = true));
  return {
    out: (text) =>
      new Promise((resolve) => {
        if (text.length === 0 || closed) resolve();
        else if (process.stdout.write(text)) resolve();
        else waitForRoom(resolve);
      }),
    err(text) {
      if (text !== '') process.stderr.write(text);
    },
    closed: () => closed,
  };
}

function waitForRoom(resolve: () => void): void {
  const done = (): void => {
    process.stdout.off('drain', done).off('close', done).off('error', done);
    resolve();
  };
  process.stdout.once('drain', done).once('close', done).once('error', done);
}

/** Colours on a terminal, unless NO_COLOR is set; everywhere with FORCE_COLOR. */
export function styleOf(stream: NodeJS.WriteStream & { fd: number }): TerminalStyle {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = process.env;
  const terminal = isatty(stream.fd);
  const forced = FORCE_COLOR !== '' && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  const off = NO_COLOR !== '' || FORCE_COLOR === '0' || FORCE_COLOR === 'false' || TERM === 'dumb';
  return { terminal, colour: forced || (terminal && !off), width: widthOf(stream) };
}

/** COLUMNS, as shells and users set it, or the terminal's; a pipe has none. */
function widthOf({ columns }: Partial<Pick<NodeJS.WriteStream, 'columns'>>): number | undefined {
  const { COLUMNS = '' } = process.env;
  const told = /^[1-9]\d{0,3}$/.test(COLUMNS) ? Number(COLUMNS) : columns;
  return told === undefined || told === 0 ? undefined : Math.max(20, told);
}
