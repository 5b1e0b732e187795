import { stageEvents, type Event } from './events.js';
import { keptRuns, sharedText } from './unchanged-text.js';
import type { Config, Difference, Facet, ImageState, StageState } from './types.js';

/**
 * Where the images of two Dockerfiles differ, by facet. The join of two RUNs, another spelling of the same words and a moved
 * instruction that nothing depends on are no difference.
 */
export function compareImages(before: ImageState, after: ImageState): readonly Difference[] {
  if (before.stages.length !== after.stages.length)
    return [{ facet: 'stages', stage: 0, message: `${before.stages.length} stages became ${after.stages.length}` }];
  const shared = sharedText(before, after);
  return before.stages.flatMap((stage, index) => {
    const [other, same] = [after.stages[index], shared[index]];
    return other === undefined || same?.all === true
      ? []
      : compareStages(before, stage, after, other, same?.settings === true);
  });
}

function compareStages(
  before: ImageState,
  old: StageState,
  after: ImageState,
  now: StageState,
  sameSettings: boolean,
): readonly Difference[] {
  const found: Difference[] = [];
  const stage = old.stage.index;
  const differ = (facet: Facet, one: string, other: string): void => {
    if (one !== other) found.push({ facet, stage, message: `${facet}: ${firstDifference(one, other)}` });
  };
  differ('base', baseOf(old), baseOf(now));
  differ(
    'stages',
    `${old.stage.from.name ?? ''} FROM ${old.stage.parent?.index ?? ''}`,
    `${now.stage.from.name ?? ''} FROM ${now.stage.parent?.index ?? ''}`,
  );
  const [one, other] = sameSettings ? [{}, {}] : [describeConfig(old.config), describeConfig(now.config)];
  for (const facet of CONFIG_FACETS) differ(facet, one[facet] ?? '', other[facet] ?? '');
  const isKept = keptRuns(before, old, after, now);
  const [events, others] = [stageEvents(before, old, isKept), stageEvents(after, now, isKept)];
  const [texts, otherTexts] = [listed(events), listed(others)];
  for (const facet of EVENT_FACETS)
    if (!found.some((difference) => difference.facet === facet))
      differ(facet, texts.get(facet) ?? '', otherTexts.get(facet) ?? '');
  const [order, orderNow] = [orderOf(events), orderOf(others)];
  differ('order', common(order, orderNow), common(orderNow, order));
  return found;
}

const EVENT_FACETS: readonly Facet[] = [
  'base',
  'env',
  'args',
  'workdir',
  'user',
  'shell',
  'commands',
  'caches',
  'files',
];
const CONFIG_FACETS: readonly Facet[] = [
  'env',
  'args',
  'user',
  'workdir',
  'shell',
  'entrypoint',
  'cmd',
  'expose',
  'labels',
  'volumes',
  'healthcheck',
  'stopsignal',
  'onbuild',
];

function baseOf({ stage: { from } }: StageState): string {
  return `${from.platform?.value ?? ''} ${from.image}`;
}

function describeConfig(config: Config): Partial<Record<Facet, string>> {
  const pairs = (values: Config['env']): string =>
    JSON.stringify([...values.entries()].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    env: pairs(config.env),
    args: pairs(config.args),
    user: config.user ?? '',
    workdir: config.workdir ?? '',
    shell: JSON.stringify(config.shell),
    entrypoint: JSON.stringify(config.entrypoint),
    cmd: JSON.stringify(config.cmd),
    expose: [...config.expose].sort().join(' '),
    labels: pairs(config.labels),
    volumes: [...config.volumes].sort().join(' '),
    healthcheck: config.healthcheck ?? '',
    stopsignal: config.stopsignal ?? '',
    onbuild: config.onbuild.join('\n'),
  };
}

/** Events of each facet as text; commands and copies by their content, whatever their order against others. */
function listed(events: readonly Event[]): ReadonlyMap<Facet, string> {
  const texts = new Map<Facet, string[]>();
  for (const { facet, text } of events) {
    const earlier = texts.get(facet);
    if (earlier === undefined) texts.set(facet, [text]);
    else earlier.push(text);
  }
  for (const facet of ['commands', 'files'] as const) texts.get(facet)?.sort();
  return new Map([...texts].map(([facet, all]) => [facet, all.join('\n')]));
}

/** Events whose order counts, as text. The image that a flag names is part of its instruction, and of the facet `base` in their order. */
function orderOf(events: readonly Event[]): readonly string[] {
  return events
    .filter(({ facet }) => facet !== 'caches' && facet !== 'base')
    .map(({ facet, text }) => `${facet} ${text}`);
}

/** What both sides have, in this side's order. */
function common(order: readonly string[], other: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of other) counts.set(text, (counts.get(text) ?? 0) + 1);
  const kept = order.filter((text) => {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left > 0;
  });
  return kept.join('\n');
}

/** The first line that only one of the texts has, on either side. */
function firstDifference(one: string, other: string): string {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const gone =
    lines.find((line) => !others.includes(line)) ?? lines.find((line, index) => line !== others[index]) ?? '';
  const come =
    others.find((line) => !lines.includes(line)) ?? others.find((line, index) => line !== lines[index]) ?? '';
  return `${quote(gone)} became ${quote(come)}`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 160 ? `${text.slice(0, 157)}…` : text);
}
