import type { BuildContext } from '../../src/facts/context/types.js';
import type { TreeCopy } from '../../src/image/tree-copy.js';
import { UNKNOWN_DIRECTORY } from '../../src/paths.js';

const SYSTEM = new Set('bin boot dev etc lib lib32 lib64 opt proc root run sbin srv sys usr var'.split(' '));

/** `COPY . /` brings an `etc` or `usr` of the context over the image's own, which everything after it may need. */
export function fillsSystemFolder({ source, target }: TreeCopy, context: BuildContext | undefined): boolean {
  const [top = '', ...below] = target.slice(1).split('/');
  if (SYSTEM.has(top))
    return below.length === 0
      ? top !== 'opt' && top !== 'srv' && top !== 'root'
      : below.at(-1) === 'bin' || top === 'etc';
  if (top !== '' && target !== UNKNOWN_DIRECTORY) return false;
  return context?.list(source)?.some((name) => SYSTEM.has(name)) ?? true;
}
