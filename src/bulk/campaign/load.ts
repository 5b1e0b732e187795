import { dirname, resolve } from 'node:path';
import type { Transform } from '../../engine/types.js';
import { loadCatalogue } from '../../files/config/catalogue.js';
import { readText } from '../../files/config/read-text.js';
import { settingsFrom } from '../../files/config/settings.js';
import { parseShape } from '../../files/config/shapes.js';
import type { ConfigInput, Settings } from '../../files/config/types.js';
import { UsageError } from '../../files/config/usage-error.js';
import { forgeAddress, knownForges } from '../forges/addresses.js';
import type { ForgeAddress, ForgeQuery } from '../forges/types.js';
import { checkTemplate } from './message-template.js';
import { campaignSchema, type CampaignInput, type SourceInput } from './schema.js';
import { isRefusal } from '../../refusal.js';

/** A valid campaign file. */
export interface Campaign {
  /** As written: workers on other machines build the same campaign from it. */
  readonly input: CampaignInput;
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** Relative paths in the file start here. */
  readonly folder: string;
  /** Folder of the journal, the plan and the clones. */
  readonly home: string;
  readonly sources: readonly SourceInput[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** The forges that URLs are matched with; hosts of kind `none` are left out, so that they are plain git. */
  readonly forges: readonly ForgeAddress[];
  readonly settings: Settings;
  readonly catalogue: readonly Transform[];
  readonly branch: string;
  readonly commit: NonNullable<CampaignInput['commit']>;
  readonly pullRequest: NonNullable<CampaignInput['pullRequest']>;
  readonly limits: {
    readonly concurrency: number;
    readonly clones: number;
    readonly pullRequestsPerHour: number;
    readonly openPullRequests: number;
    readonly openPullRequestsPerOwner: number;
  };
  readonly waves:
    { readonly sizes: readonly number[]; readonly maxFailed: number; readonly waitMinutes: number } | undefined;
}

/** @throws UsageError naming the file, the key and what is legal */
export async function loadCampaign(file: string): Promise<Campaign> {
  return makeCampaign(await readYaml(file), file);
}

/**
 * Checks the content of a campaign file and fills in the defaults.
 * @param file names the campaign file in messages, and is what its paths are relative to
 * @throws UsageError naming the file, the key and what is legal
 */
export async function makeCampaign(value: unknown, file: string): Promise<Campaign> {
  const catalogue = await loadCatalogue([]);
  const input = parseShape(campaignSchema(catalogue), value);
  if (isRefusal(input)) throw new UsageError(`${file}: ${input.reason}`);
  const wrong = wrongTemplate(input);
  if (wrong !== undefined) throw new UsageError(`${file}: ${wrong}`);
  const path = resolve(file);
  const folder = dirname(path);
  return {
    input,
    name: input.name,
    file: path,
    folder,
    home: resolve(folder, `${input.name}.dockmod`),
    sources: input.sources,
    include: input.include ?? [],
    exclude: input.exclude ?? [],
    forges: forgesOf(input, file),
    ...fixerOf(input, catalogue, path),
    branch: input.branch ?? `dockmod/${input.name}`,
    commit: input.commit ?? {},
    pullRequest: input.pullRequest ?? {},
    limits: limitsOf(input),
    waves: wavesOf(input),
  };
}

function wavesOf({ waves }: CampaignInput): Campaign['waves'] {
  return waves && { sizes: waves.sizes, maxFailed: waves.maxFailed ?? 0, waitMinutes: waves.wait ?? 10 };
}

function limitsOf({ limits = {} }: CampaignInput): Campaign['limits'] {
  const { concurrency = 8, clones = 8 } = limits;
  const { pullRequestsPerHour = Infinity, openPullRequests = Infinity, openPullRequestsPerOwner = Infinity } = limits;
  return { concurrency, clones, pullRequestsPerHour, openPullRequests, openPullRequestsPerOwner };
}

function fixerOf(
  input: CampaignInput,
  catalogue: readonly Transform[],
  file: string,
): Pick<Campaign, 'settings' | 'catalogue'> {
  const { level, only, skip, transforms } = input;
  const choice = { level, only, skip, transforms };
  const config = { file, folder: dirname(file), input: choice as ConfigInput, plugins: [], catalogue };
  return { settings: settingsFrom(config, catalogue, [], {})(file), catalogue };
}

/** The forges that the campaign names, then the public ones. */
function forgesOf({ forges = [], sources }: CampaignInput, file: string): readonly ForgeAddress[] {
  const named = forges.flatMap(({ host, kind, url }) =>
    kind === 'none' ? [] : [{ ...addressOf(kind, url ?? `https://${host}`, file), host }],
  );
  const plain = new Set(forges.filter(({ kind }) => kind === 'none').map(({ host }) => host));
  const asked = sources.flatMap((source) => {
    const address = forgeQuestion(source);
    return address === undefined ? [] : [addressOf(address.kind, address.url, file)];
  });
  return [...named, ...asked, ...knownForges].filter(({ host }) => !plain.has(host));
}

const PUBLIC = { github: 'https://github.com', gitlab: 'https://gitlab.com', gitea: 'https://codeberg.org' } as const;

/** The forge that a source lists repositories of, and the query; undefined for folders and single repositories. */
export function forgeQuestion(
  source: SourceInput,
): { readonly kind: keyof typeof PUBLIC; readonly url: string; readonly query: ForgeQuery } | undefined {
  const [kind, asked] =
    'github' in source
      ? (['github', source.github] as const)
      : 'gitlab' in source
        ? (['gitlab', source.gitlab] as const)
        : 'gitea' in source
          ? (['gitea', source.gitea] as const)
          : [];
  if (kind === undefined) return undefined;
  const { url = PUBLIC[kind], archived = false, forks = false, ...query } = asked;
  return { kind, url, query: { ...query, archived, forks } };
}

function addressOf(kind: keyof typeof PUBLIC, url: string, file: string): ForgeAddress {
  try {
    return forgeAddress(kind, url);
  } catch {
    throw new UsageError(`${file}: ${url} is not the URL of a forge: expected http or https`);
  }
}

function wrongTemplate({ commit, pullRequest }: CampaignInput): string | undefined {
  const templates = [
    ['commit.message', 'commit', commit?.message],
    ['pullRequest.title', 'title', pullRequest?.title],
    ['pullRequest.body', 'body', pullRequest?.body],
  ] as const;
  for (const [key, kind, text] of templates) {
    const wrong = text === undefined ? undefined : checkTemplate(kind, text);
    if (wrong !== undefined) return `${key}: ${wrong}`;
  }
  return undefined;
}

async function readYaml(file: string): Promise<unknown> {
  const text = readText(file);
  const { parseYaml } = await import('../../files/config/yaml.js');
  return parseYaml(file, text);
}
