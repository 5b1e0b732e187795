import { InvalidArgumentError, Option } from 'commander';

/** The option of all commands that fix or plan. */
export function fileTimeoutOption(): Option {
  const option = new Option('--file-timeout <seconds>', 'skip a Dockerfile that takes longer, and say so; default: 10');
  return option.argParser(parseSeconds);
}

/** Seconds, to a thousandth. */
function parseSeconds(value: string): number {
  const seconds = /^\d{1,6}(?:\.\d{1,3})?$/.test(value) ? Number(value) : 0;
  if (seconds === 0) throw new InvalidArgumentError('Expected a number of seconds.');
  return seconds;
}
