import { dirname, resolve } from 'node:path';
import type { Transform } from '../../engine/types.js';
import { loadCatalogue } from '../../files/config/catalogue.js';
import { readText } from '../../files/config/read-text.js';
import { settingsFrom } from '../../files/config/settings.js';
import { parseShape } from '../../files/config/shapes.js';
import type { ConfigInput, Settings } from '../../files/config/types.js';
import { UsageError } from '../../files/config/usage-error.js';
import { isRefusal } from '../../refusal.js';
import type { ForgeAddress } from '../forges/types.js';
import { forgesOf } from './forge-sources.js';
import { checkTemplate } from './message-template.js';
import { campaignSchema, type CampaignInput, type SourceInput } from './schema.js';

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
  const config = { file, folder: dirname(file), input: choice as ConfigInput };
  return { settings: settingsFrom(config, catalogue, [], {})(file), catalogue };
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
