/** The account that the application gets. */
export interface ChosenAccount {
  /** For USER: `node`, `1000:1000`. */
  readonly user: string;
  /** For `--chown` and chown, with its group: a name alone would get the group of the user's number. */
  readonly owner: string;
  /** For messages: "the image's own account `node`". */
  readonly described: string;
  /** Shell commands that create it; none when it exists. */
  readonly commands: readonly string[];
  /** The stage has a shell to run commands in. */
  readonly shell: boolean;
}

/** `name`: as people write it; `id`: numbers, so that Kubernetes can check runAsNonRoot. */
export type AccountStyle = 'name' | 'id';

/** For USER and for `--chown` alike. */
export function both(numbers: string): Pick<ChosenAccount, 'user' | 'owner'> {
  return { user: numbers, owner: numbers };
}
