/** For forges that mark a draft only by its title: GitLab with `Draft:`, Gitea with `WIP:`. */
export interface DraftTitle {
  /** The title to send to the forge. */
  write(title: string, draft: boolean): string;
  /** The title without the mark. */
  read(title: string): string;
  isDraft(title: string): boolean;
}

export function draftTitle(prefix: string, pattern: RegExp): DraftTitle {
  const read = (title: string): string => title.replace(pattern, '');
  return {
    write: (title, draft) => (draft ? `${prefix} ${read(title)}` : title),
    read,
    isDraft: (title) => pattern.test(title),
  };
}
