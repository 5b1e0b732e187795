import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import type { ChosenAccount } from './account.js';
import { foldersElsewhere } from './evidence.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import type { Ownership } from './ownership.js';

/** What the sources work with outside of what the account gets is made for it, too. */
export function withFoldersElsewhere(
  image: FinalImage,
  { shell }: ChosenAccount,
  ownership: Ownership,
): Ownership | Refusal {
  const { directories, tree } = ownership;
  const found = foldersElsewhere(image, [...(tree === undefined ? [] : [tree]), workingDirectory(image)]);
  if (isRefusal(found)) return found;
  const folders = found.filter((path) => !directories.includes(path));
  if (folders.length === 0) return ownership;
  if (!shell) return refuse('no-shell', `\`${folders.join('`, `')}\` can't be made without a shell`);
  return {
    ...ownership,
    directories: [...directories, ...folders],
    missing: [...ownership.missing, ...folders],
  };
}
