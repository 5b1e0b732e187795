import { createHash } from 'node:crypto';

/**
 * The object id that git gives a blob of this text.
 * @param digits length of the repository's ids: 40 for SHA-1, 64 for SHA-256
 */
export function blobId(text: string, digits: number): string {
  const bytes = Buffer.from(text);
  return createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
