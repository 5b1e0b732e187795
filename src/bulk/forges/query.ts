import { ForgeError, type ForgeQuery } from './types.js';

/**
 * Refuses queries that would find too much.
 * @throws ForgeError when a query has no condition, which would list everything, or two owners, since forges differ in which one counts
 */
export function checkQuery({ organization, user, group, topic, search }: ForgeQuery): void {
  if ([organization, user, group, topic, search].every((part) => part === undefined))
    throw new ForgeError('the source would list every repository: name an owner, a topic or a search', 'refused');
  if (user !== undefined && (organization ?? group) !== undefined)
    throw new ForgeError('the source names two owners: name an organization (or group) or a user, not both', 'refused');
}
