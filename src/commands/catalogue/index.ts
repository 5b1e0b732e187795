/**
 * What programs do, one row each: the only place where a program is known by its name. Look up what you ask of it in
 * `types.ts`; a new program goes into the file of its subject.
 */
import { accountRows } from './accounts.js';
import { applicationRows } from './applications.js';
import { buildRows } from './build.js';
import { fileRows } from './files.js';
import { javascriptRows } from './javascript.js';
import { languageRows } from './languages.js';
import { networkRows } from './network.js';
import { pythonRows } from './python.js';
import { serverRows } from './servers.js';
import { shellRows } from './shell.js';
import { systemRows } from './system.js';
import { systemPackageRows } from './system-packages.js';
import { textRows } from './text.js';
import type { Group, Row } from './types.js';
import { wrapperRows } from './wrappers.js';

/** All rows, in no order that counts. */
export const catalogue: readonly Row[] = [
  ...shellRows,
  ...wrapperRows,
  ...fileRows,
  ...textRows,
  ...accountRows,
  ...systemPackageRows,
  ...systemRows,
  ...networkRows,
  ...serverRows,
  ...pythonRows,
  ...javascriptRows,
  ...languageRows,
  ...buildRows,
  ...applicationRows,
];

let byName: ReadonlyMap<string, Row> | undefined;

/** What is known of the program of that name, given without its folder. */
export function rowOf(name: string): Row | undefined {
  byName ??= new Map(catalogue.flatMap((row) => [row.name, ...(row.aliases ?? [])].map((one) => [one, row])));
  const found = byName.get(name);
  if (found !== undefined || !/\d$/.test(name)) return found;
  const end = versionStart(name);
  const dashed = name.charAt(end - 1) === '-';
  const row = byName.get(name.slice(0, dashed ? end - 1 : end));
  return row?.versioned === (dashed ? 'dashed' : 'joined') ? row : undefined;
}

/** Where the digits and dots begin that a name ends in. */
function versionStart(name: string): number {
  let at = name.length;
  while (at > 0 && /[\d.]/.test(name.charAt(at - 1))) at--;
  return at;
}

/** True when one of the groups is the program's. */
export function isIn(row: Row | undefined, ...groups: readonly Group[]): boolean {
  const own = row?.groups;
  return own !== undefined && groups.some((group) => own.includes(group));
}
