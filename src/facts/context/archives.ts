import { baseName } from '../../paths.js';
import { hasWildcard } from '../../path-pattern.js';
import type { BuildContext } from './types.js';

/** How ADD takes a local file: an archive is extracted, a plain file copied; unsure where only the content could tell. */
export type ArchiveKind = 'archive' | 'plain' | 'unsure';

/** Bytes that `isArchive` needs from the start of a file. */
export const ARCHIVE_HEAD = 512;

/** gzip, bzip2, xz, zstd: the compressions that ADD undoes before it looks for a tar. */
const MAGIC: readonly (readonly number[])[] = [
  [0x1f, 0x8b, 0x08],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [0x28, 0xb5, 0x2f, 0xfd],
];

/**
 * The content is a tar, or compressed by what ADD can undo. A compressed file with no tar in it is copied as it is, but that is
 * not looked into: ADD is right for both.
 */
export function isArchive(head: Uint8Array): boolean {
  const skippable =
    ((head[0] ?? 0) & 0xf0) === 0x50 && [0x2a, 0x4d, 0x18].every((byte, index) => head[index + 1] === byte);
  return skippable || MAGIC.some((magic) => magic.every((byte, index) => head[index] === byte)) || isTar(head);
}

/** A header block whose checksum is right: all that the builder asks for. */
function isTar(head: Uint8Array): boolean {
  if (head.length < ARCHIVE_HEAD) return false;
  const field = String.fromCharCode(...head.subarray(148, 156)).replace(/[\0 ]+/g, '');
  if (!/^[0-7]+$/.test(field)) return false;
  const sum = (valueOf: (byte: number) => number): number =>
    head
      .subarray(0, ARCHIVE_HEAD)
      .reduce((total, byte, index) => total + valueOf(index >= 148 && index < 156 ? 0x20 : byte), 0);
  const expected = Number.parseInt(field, 8);
  return expected === sum((byte) => byte) || expected === sum((byte) => (byte > 127 ? byte - 256 : byte));
}

/**
 * How ADD takes a path of the context: by what is there, else by its name. A file with an archive's name counts as one whatever
 * is in it: it may be a placeholder.
 */
export function archiveKind(path: string, context: BuildContext | undefined): ArchiveKind {
  return kindByContent(path, context) ?? archiveKindByName(baseName(path));
}

/** Undefined where nothing of that path is in the context. */
export function kindByContent(path: string, context: BuildContext | undefined): ArchiveKind | undefined {
  const kind = context?.exists(path);
  if (kind === 'directory') return 'plain';
  const head = kind === 'file' ? context?.head(path, ARCHIVE_HEAD) : undefined;
  if (head === undefined) return undefined;
  return isArchive(head) || archiveKindByName(baseName(path)) === 'archive' ? 'archive' : 'plain';
}

/** Extensions of tar files and of what is compressed by gzip and its kin; `gem`, `apk` and some more are tars by another name. */
const ARCHIVES = new Set(
  (
    'tar tgz tbz tb2 tbz2 tz2 txz tlz tzst tzs taz tpz gz bz bz2 xz zst zstd z lz lz4 lzma lzo lzip br sz rz ' +
    'gem apk ipk opk spk ova crate pax ustar cpgz'
  ).split(' '),
);
const UNSURE = new Set('img image box layer dump oci bundle archive backup'.split(' '));
const UNSURE_NAME = /(?:^|[-_.])(?:rootfs|root-fs|tarball|archive|backup|layers?|image|bundle)$/i;
/** Nothing but plain files begins so; which names package managers give is known to src/ecosystems. */
const PLAIN_PATTERN = /^(?:Dockerfile|Procfile|\.env)[-._]?\*+$/;

/**
 * By the last segment of a path or pattern; a NUL in it stands for text that is not known. What has no archive's extension is no
 * archive: builds are written by the name, and a tar without one is found by nobody.
 */
export function archiveKindByName(name: string): ArchiveKind {
  if (/\.(?:tar|tgz|tbz2?|txz)(?:\.|$)/i.test(name)) return 'archive';
  const tail = name.split(/[*?[\]\\\0]/).at(-1) ?? '';
  const extension = /\.([^.]+)$/.exec(tail)?.[1]?.toLowerCase();
  if (extension !== undefined) return ARCHIVES.has(extension) ? 'archive' : UNSURE.has(extension) ? 'unsure' : 'plain';
  if (name.includes('\0')) return 'unsure';
  if (hasWildcard(name)) return PLAIN_PATTERN.test(name) ? 'plain' : 'unsure';
  return UNSURE_NAME.test(name) ? 'unsure' : 'plain';
}
