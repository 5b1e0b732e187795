import { ForgeError, type ForgeQuery } from './types.js';

/** @throws ForgeError when a query names nothing, which would be everything there is, or two owners, which a forge reads as either of them */
export function refuseUnclear({ organization, user, group, topic, search }: ForgeQuery): void {
  if ([organization, user, group, topic, search].every((part) => part === undefined))
    throw new ForgeError('which repositories? name an owner, a topic or a search', 'refused');
  if (user !== undefined && (organization ?? group) !== undefined)
    throw new ForgeError('repositories of an organization or of a user, not of both', 'refused');
}
