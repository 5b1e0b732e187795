/** What has to be known before an account takes over early: what runs, and where it writes. */
import { baseName, isWithin, parentPath } from '../../src/paths.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { hasExtension } from './directories.js';
import type { FinalImage } from './final-image.js';
import { isGivable } from './made-directories.js';
import { isData, sourcesOf } from './sources.js';
import type { Start } from './start.js';
import { dataFolders } from './written-paths.js';

/** What runs has to be known: the sources of the program, unless it is a well-known one that reads files alone. */
export function lacksEvidence(image: FinalImage, { runtime, unreadScript }: Start): Refusal | undefined {
  const { asksArguments } = sourcesOf(image);
  if (image.config.entrypoint !== undefined && image.config.expose.length === 0 && asksArguments !== undefined)
    return refuse(
      'command-line-tool',
      `${asksArguments} reads its arguments: it may work on files of whoever calls it`,
    );
  if (unreadScript) return refuse('script-unknown', 'the script of package.json that it starts can not be read');
  if (runtime.reads === true || sourcesOf(image).complete) return undefined;
  return refuse('sources-unknown', 'the sources of what it starts are not all here, so where it writes is not known');
}

/** What the sources say of the places that it writes to, where the account would not have them, or an older image filled them. */
export function writesElsewhere(image: FinalImage, own: readonly string[]): Refusal | undefined {
  const { named, kept } = sourcesOf(image);
  const data = kept ?? named.find(({ path }) => isData(path));
  const outside = named.find(({ path }) => !own.some((directory) => isWithin(directory, path)));
  if (outside !== undefined && !isGivable(folderOf(outside.path)))
    return refuse('writes-outside', `${outside.where} names \`${outside.path}\`, which only root may change`);
  const found = outside ?? data;
  if (found !== undefined) return keepsData(`${found.where} works with \`${found.path}\``);
  const folder = dataFolders(image).find(({ path }) => isData(path));
  return folder && keepsData(`${folder.where} says that it works with \`${folder.path}\``);
}

/**
 * The folders of those places, where what root made there before can't be in the way: the account that takes over last gets
 * them, empty.
 */
export function foldersElsewhere(image: FinalImage, own: readonly string[]): readonly string[] | Refusal {
  const outside = sourcesOf(image).named.filter(({ path }) => !own.some((directory) => isWithin(directory, path)));
  const found = new Set<string>();
  for (const { path, where, made } of outside) {
    const isFolder = made === true || (!hasExtension(path) && isData(`/${baseName(path)}`));
    const folder = isFolder ? path : parentPath(path);
    if (!isGivable(folder))
      return refuse('writes-outside', `${where} names \`${path}\`, which an account can't be given`);
    const filled = image.instructions.find((one) => fills(one, folder));
    if (filled !== undefined)
      return refuse('writes-outside', `${where} names \`${path}\`, and line ${filled.startLine} works there as root`);
    found.add(folder);
  }
  return [...found];
}

/** It may put something into the folder: it names it, and does more than make it. */
function fills({ keyword, body }: Instruction, folder: string): boolean {
  const named = new RegExp(`(?:^|[^\\w.-])${folder.replace(/[.+]/g, '\\$&')}(?![\\w.-])`);
  const text = keyword === 'RUN' ? body.text.replace(/\bmkdir\b(?:\s+(?:-p|[\w./-]+))+/g, '') : body.text;
  return /^(?:RUN|COPY|ADD)$/.test(keyword) && named.test(text);
}

function keepsData(how: string): Refusal {
  return refuse('keeps-data', `${how}: in a volume, what an older image wrote could no longer be changed`);
}

/** A destination with an extension is a file. */
function folderOf(path: string): string {
  return hasExtension(path) ? parentPath(path) : path;
}
