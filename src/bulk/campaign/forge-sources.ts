import { UsageError } from '../../files/config/usage-error.js';
import { forgeAddress, PUBLIC_FORGES } from '../forges/addresses.js';
import type { ForgeAddress, ForgeKind, ForgeQuery } from '../forges/types.js';
import type { CampaignInput, SourceInput } from './schema.js';

/** The forges that the campaign names, then the public ones. */
export function forgesOf(
  { forges = [], sources }: Pick<CampaignInput, 'forges' | 'sources'>,
  file: string,
): readonly ForgeAddress[] {
  const named = forges.flatMap(({ host, kind, url, allowHttp = false }) =>
    kind === 'none' ? [] : [{ ...addressOf(kind, url ?? `https://${host}`, file), host, allowHttp }],
  );
  const plain = new Set(forges.filter(({ kind }) => kind === 'none').map(({ host }) => host));
  const asked = sources.flatMap((source) => {
    const address = forgeQuestion(source);
    return address === undefined ? [] : [addressOf(address.kind, address.url, file)];
  });
  return [...named, ...asked, ...Object.values(PUBLIC_FORGES)].filter(({ host }) => !plain.has(host));
}

/** The forge that a source lists repositories of, and the query; undefined for folders and single repositories. */
export function forgeQuestion(
  source: SourceInput,
): { readonly kind: ForgeKind; readonly url: string; readonly query: ForgeQuery } | undefined {
  const [kind, asked] =
    'github' in source
      ? (['github', source.github] as const)
      : 'gitlab' in source
        ? (['gitlab', source.gitlab] as const)
        : 'gitea' in source
          ? (['gitea', source.gitea] as const)
          : [];
  if (kind === undefined) return undefined;
  const { url = `https://${PUBLIC_FORGES[kind].host}`, archived = false, forks = false, ...query } = asked;
  return { kind, url, query: { ...query, archived, forks } };
}

function addressOf(kind: ForgeKind, url: string, file: string): ForgeAddress {
  try {
    return forgeAddress(kind, url);
  } catch {
    throw new UsageError(`${file}: ${url} is not the URL of a forge: expected http or https`);
  }
}
