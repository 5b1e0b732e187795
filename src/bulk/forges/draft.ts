/** Forges that tell a draft by its title alone: GitLab by `Draft:`, Gitea by `WIP:`. */
export interface DraftTitle {
  /** The title that the forge is to show. */
  write(title: string, draft: boolean): string;
  /** The title as it was meant. */
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
