/**
 * An account as USER, `--user` and `--chown` name it is root: `root`, `0`, with a group or without. What is left of a variable
 * without a value is root, too.
 */
export function isRoot(account: string): boolean {
  return account === '' || /^(?:root|0)(?:[:.]|$)/.test(account);
}
