import { parse } from 'yaml';
import { describeError } from '../disk/errors.js';
import { UsageError } from './usage-error.js';

/** @throws UsageError naming the file and the line */
export function parseYaml(file: string, text: string): unknown {
  try {
    return (parse(text, { logLevel: 'error' }) as unknown) ?? {};
  } catch (error) {
    const line = lineOf(error);
    const [message] = describeError(error).split(/ at line |\n/);
    throw new UsageError(`${file}${line === undefined ? '' : `:${line}`}: ${message ?? 'it is not YAML'}`);
  }
}

/** Line of a parse error, read by shape: importing the error's class would load the library. */
function lineOf(error: unknown): number | undefined {
  const places = error instanceof Error && 'linePos' in error ? error.linePos : undefined;
  const [first] = Array.isArray(places) ? (places as readonly { readonly line: number }[]) : [];
  return first?.line;
}
