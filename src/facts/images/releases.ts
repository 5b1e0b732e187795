import data from '../../../data/releases.json' with { type: 'json' };
import { lacksPackage } from './gone-packages.js';
import type { Release } from './types.js';

/** A line of data/releases.json. */
interface Row {
  readonly distribution: Release['distribution'];
  readonly version: string;
  readonly codename: string | undefined;
  /** ISO date of its last fixes. */
  readonly end: string;
}

const TITLES = { debian: 'Debian', ubuntu: 'Ubuntu', alpine: 'Alpine' };

const rows: readonly Row[] = (['debian', 'ubuntu', 'alpine'] as const).flatMap((distribution) =>
  data.releases[distribution].map((line) => {
    const [version = '', middle = '', end] = line.split(' ');
    return { distribution, version, codename: end === undefined ? undefined : middle, end: end ?? middle };
  }),
);

/** By codename; Alpine by `alpine3.24`. */
const byName = new Map(rows.map((row) => [row.codename ?? `alpine${row.version}`, row]));

/** The release that the tags of one build name by codename or version; undefined where they name none, or several. */
export function releaseOfTags(name: string, tags: readonly string[]): Release | undefined {
  const words = tags.flatMap((tag) => (name === 'alpine' ? [`alpine${tag}`] : tag.split('-')));
  const [found, another] = new Set(words.flatMap((word) => byName.get(word) ?? []));
  return found === undefined || another !== undefined ? undefined : releaseOf(found);
}

function releaseOf(row: Row): Release {
  const { distribution, version, codename, end } = row;
  return {
    distribution,
    version,
    codename,
    title: titleOf(row),
    ended: end <= data.date ? end : undefined,
    lacks: (name, elsewhere) => lacksPackage(codename ?? distribution, name, elsewhere),
    lastWith: (name) => lastWith(row, name),
    another(word) {
      const named = byName.get(word.replace(/[-/].*/s, '')) ?? ofVersion(distribution, word);
      return named === undefined || named === row ? undefined : titleOf(named);
    },
  };
}

/** Releases by the package index that tells what they have, the newest first; and what is before all of them. */
const EARLIER = {
  debian: { indexes: { bookworm: '12', bullseye: '11' }, before: '10' },
  ubuntu: { indexes: { noble: '24.04', bullseye: '22.04' }, before: '20.04' },
};

function lastWith({ distribution, version }: Row, name: string): string | undefined {
  if (distribution === 'alpine') return undefined;
  const { indexes, before } = EARLIER[distribution];
  const older = Object.entries(indexes).filter(([, one]) => Number(one) < Number(version));
  const last = older.find(([index]) => !lacksPackage(index, name, false))?.[1];
  const row = last === undefined ? undefined : ofVersion(distribution, last);
  return row === undefined ? `${TITLES[distribution]} ${before} or before` : titleOf(row);
}

function ofVersion(distribution: Release['distribution'], version: string): Row | undefined {
  return rows.find((row) => row.distribution === distribution && row.version === version);
}

/** `Debian 9 (stretch)` */
function titleOf({ distribution, version, codename }: Row): string {
  return `${TITLES[distribution]} ${version}${codename === undefined ? '' : ` (${codename})`}`;
}
