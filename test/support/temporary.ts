import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Puts all temporary folders of a test run into one, which is deleted when the run ends. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-tests-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
