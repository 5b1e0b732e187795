/** Dockerfiles that are the cases of one test: each in a folder of its own, and much alike. A test compares them with what a program writes. */
import { basename, dirname, join } from 'node:path';
import type { DiskCache } from '../facts/context/disk.js';
import { readDiskText } from '../facts/context/disk.js';
import { relativePath } from '../paths.js';
import type { Skip } from '../report/types.js';
import { isInTests } from './test-data.js';

/** As many others, or more, make a file one case among several. */
const OTHERS = 3;
/** How many folders beside its own are looked into. */
const MOST_FOLDERS = 40;
/** The part of the lines that two cases share. */
const SHARED = 0.5;

/** @param root absolute: the folder that was named, or that holds the file */
export function whyTestCase(path: string, text: string, root: string, disk: DiskCache): Skip | undefined {
  const folder = dirname(path);
  const parent = dirname(folder);
  if (!isInTests(relativePath(root, parent))) return undefined;
  const own = linesOf(text);
  const beside = (disk.tree(parent).list('') ?? []).filter((name) => name !== basename(folder)).slice(0, MOST_FOLDERS);
  let alike = 0;
  for (const name of beside) {
    const other = readDiskText(join(parent, name, basename(path)), disk);
    if (other !== undefined && areAlike(own, linesOf(other))) alike++;
    if (alike >= OTHERS) return skip(basename(parent));
  }
  return undefined;
}

function skip(parent: string): Skip {
  const reason = `it is one case of a test: other folders in ${parent} hold nearly the same file`;
  return { kind: 'test-data', reason };
}

function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((line) => other.has(line)).length;
  return shared >= SHARED * Math.max(one.size, other.size);
}

function linesOf(text: string): ReadonlySet<string> {
  return new Set(text.split('\n').flatMap((line) => line.trim() || []));
}
