import type { Campaign } from '../campaign/load.js';
import type { Standing } from '../journal/types.js';

/** @param index of a repository among those that have something to push, from 0 @returns its wave, from 1; undefined without waves */
export function waveOf(index: number, waves: Campaign['waves']): number | undefined {
  if (waves === undefined) return undefined;
  let end = 0;
  for (const [wave, size] of waves.sizes.entries()) {
    end += size;
    if (index < end) return wave + 1;
  }
  return waves.sizes.length + 1;
}

/** @returns why the wave after these repositories may not start, or undefined */
export function waveBlocked(
  wave: number,
  standings: readonly (Standing | undefined)[],
  { maxFailed, waitMinutes }: NonNullable<Campaign['waves']>,
  now: Date,
): string | undefined {
  const count = (matches: (standing: Standing) => boolean): number =>
    standings.filter((standing) => standing !== undefined && matches(standing)).length;
  const red = count(({ state, checks }) => state === 'closed' || (state === 'open' && checks === 'red'));
  const since = now.getTime() - waitMinutes * 60_000;
  const isNew = ({ openedAt }: Standing): boolean => openedAt !== undefined && Date.parse(openedAt) > since;
  const pending = count(
    (one) => one.state === 'open' && (one.checks === 'pending' || (one.checks === 'none' && isNew(one))),
  );
  const waiting = standings.filter(
    (one) => one === undefined || one.state === 'planned' || one.state === 'failed',
  ).length;
  const asked = count(({ pullRequest }) => pullRequest !== undefined);
  if (asked > 0 && red / asked > maxFailed)
    return `wave ${wave}: ${red} of ${asked} pull requests have red checks or were closed, more than the ${Math.round(maxFailed * 100)} % that is allowed`;
  if (pending > 0)
    return `wave ${wave}: the checks of ${pending} pull ${pending === 1 ? 'request' : 'requests'} are still running`;
  if (waiting > 0) return `wave ${wave}: ${waiting} ${waiting === 1 ? 'repository is' : 'repositories are'} not done`;
  return undefined;
}
