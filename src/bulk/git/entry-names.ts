/** Code points that HFS+ leaves out when it compares names; git's `is_hfs_dotgit` has the same list. */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
/** NTFS: the short name, trailing dots and spaces, a stream after `:`, and `\` between names. */
const DOT_GIT = /^(?:\.git|git~1)[. ]*(?:$|[:\\])/i;

/**
 * Why an entry of a tree must not be used, as the end of a sentence: git never writes such names, and a path made of one would lead somewhere else
 * than where the entry is. `git fsck` calls them fullPathname, hasDot, hasDotdot, hasDotgit and emptyName.
 * @returns undefined for a name that is fine
 */
export function entryNameProblem(name: string): string | undefined {
  if (name === '') return 'without a name';
  if (name.includes('/')) return `whose name has a slash: ${JSON.stringify(name)}`;
  if (name === '.' || name === '..') return `named ${JSON.stringify(name)}`;
  if (name.split('\\').includes('..')) return `that leads out of its folder on Windows: ${JSON.stringify(name)}`;
  if (name.split('\\').some((part) => DOT_GIT.test(part.replace(HFS_IGNORED, ''))))
    return `that some file systems take for .git: ${JSON.stringify(name)}`;
  return undefined;
}
