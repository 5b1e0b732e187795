import data from '../../../data/base-images.json' with { type: 'json' };
import { isWindowsTag, parseReference } from './reference.js';
import type { Account, BaseImage, PackageManager } from './types.js';

/** What many images have in common: distribution, package manager, /bin/sh, bash, useradd, adduser. */
type System = readonly [
  distribution: string | null,
  packageManager: string | null,
  shell: string | null,
  bash: boolean | string | null,
  useradd: boolean | string | null,
  adduser: string | null,
];

/** One variant of an image in data/base-images.json: see data/README.md for the keys. */
interface Row {
  readonly v: string;
  readonly t?: string;
  readonly f: number;
  readonly u?: string;
  readonly n?: readonly (string | number | null)[];
  readonly w?: string;
  readonly e?: readonly string[];
  readonly c?: readonly string[];
  readonly x?: readonly string[];
  readonly o?: readonly string[];
  readonly m?: string;
  readonly k?: Readonly<Record<string, string>>;
  readonly a?: number;
  readonly q?: number;
}

const systems = data.systems as unknown as readonly System[];
const images = data.images as unknown as Readonly<Record<string, readonly Row[]>>;

const DEBIAN = /(?:^|-)(?:wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|forky|debian\d*|slim)(?:-|$)/;
const UBUNTU = /(?:^|-)(?:trusty|xenial|bionic|focal|jammy|noble|resolute|ubuntu[\d.]*)(?:-|$)/;
const RPM = /(?:^|-)(?:ubi\d*|oraclelinux\d*|ol\d|centos\d*|fedora\d*|al2023|al2)(?:-|$)/;
const RELEASES = new Set(
  'wheezy jessie stretch buster bullseye bookworm trixie forky trusty xenial bionic focal jammy noble resolute'.split(
    ' ',
  ),
);
/** Tags that name the default variant. */
const DEFAULTS = new Set(['', 'latest', 'lts', 'stable', 'current', 'default', 'mainline']);

/** Facts about the variant that the tag names. When several variants are possible: what they agree on, and the ports and volumes of all. */
export function baseImage(reference: string): BaseImage | undefined {
  const parsed = parseReference(reference);
  if (parsed === undefined || !Object.hasOwn(images, parsed.name)) return undefined;
  const tag = parsed.tag ?? 'latest';
  const fitting = isWindowsTag(tag) ? [] : fittingRows(images[parsed.name] ?? [], tag.toLowerCase());
  return fitting.length === 0 ? undefined : agreed(parsed.name, fitting);
}

/** The variants that a tag may name: the one with this tag, else those of its family, else those of its distribution. */
function fittingRows(all: readonly Row[], tag: string): readonly Row[] {
  const exact = all.filter((row) => tagsOf(row).includes(tag));
  if (exact.length > 0) return exact;
  const family = familyOf(tag);
  const related = all.filter((row) => [row.v, ...tagsOf(row)].some((one) => familyOf(one) === family));
  if (related.length > 0) return related;
  const sisters = ofAnotherRelease(all, tag);
  if (sisters.length > 0) return sisters;
  const distribution = distributionOf(tag);
  if (distribution !== undefined) return all.filter((row) => systemOf(row)[0] === distribution);
  const plain = all.filter(({ v }) => !v.includes('alpine'));
  return plain.length > 0 ? plain : all;
}

/** The same variant on another release of the distribution: `cli-bookworm` for `7.2-cli-stretch`. */
function ofAnotherRelease(all: readonly Row[], tag: string): readonly Row[] {
  const words = familyOf(tag).split('-');
  const variant = words.filter((word) => !RELEASES.has(word));
  if (variant.length === 0 || variant.length === words.length) return [];
  return all.filter(
    (row) =>
      systemOf(row)[0] === distributionOf(tag) &&
      [row.v, ...tagsOf(row)].some((one) => {
        const others = familyOf(one).split('-');
        return others.length > variant.length && others.filter((word) => !RELEASES.has(word)).join() === variant.join();
      }),
  );
}

function tagsOf({ t = '' }: Row): readonly string[] {
  return t === '' ? [] : t.split(' ');
}

function systemOf({ f }: Row): System {
  return systems[f] ?? [null, null, null, null, null, null];
}

/** The order matters: `slim` counts as Debian only when the tag names no other distribution. */
function distributionOf(tag: string): string | undefined {
  if (tag.includes('alpine')) return 'alpine';
  if (UBUNTU.test(tag)) return 'ubuntu';
  if (DEBIAN.test(tag)) return 'debian';
  return RPM.test(tag) ? 'rhel' : undefined;
}

/** A tag without its versions: `20-alpine3.19` is `alpine`, `3.12-slim` is `slim`, `8` and `latest` are the default. */
function familyOf(tag: string): string {
  const parts = tag
    .split('-')
    .map((part) => part.replace(/^v?\d[\w.]*$/, '').replace(/^(alpine|jdk|jre|ubi|ubuntu|debian)[\d.N]+$/, '$1'));
  return parts.filter((part) => !DEFAULTS.has(part)).join('-');
}

function agreed(name: string, all: readonly Row[]): BaseImage {
  const same = <V>(read: (row: Row) => V): V | undefined => {
    const [first, ...others] = all.map(read);
    return others.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : undefined;
  };
  const system = <I extends 0 | 1 | 2 | 3 | 4 | 5>(index: I): NonNullable<System[I]> | undefined =>
    same((row) => systemOf(row)[index]) ?? undefined;
  const flag = (value: boolean | string | undefined): boolean | undefined =>
    typeof value === 'boolean' ? value : undefined;
  return {
    name,
    distribution: system(0),
    packageManager: system(1) as PackageManager | undefined,
    shell: system(2),
    bash: flag(system(3)),
    useradd: flag(system(4)),
    adduser: system(5) as BaseImage['adduser'],
    user: same(({ u }) => u),
    account: accountOf(same(({ n }) => n)),
    workdir: same(({ w }) => w),
    entrypoint: same(({ e }) => e),
    cmd: same(({ c }) => c),
    expose: [...new Set(all.flatMap(({ x = [] }) => x))],
    volumes: [...new Set(all.flatMap(({ o = [] }) => o))],
    privilege: same(({ m }) => m) as BaseImage['privilege'],
    env: same(({ k }) => k) ?? {},
    envComplete: all.every(({ a }) => a === 1),
    certain: all.every(({ q }) => q === undefined),
  };
}

function accountOf(row: Row['n']): Account | undefined {
  const [name, uid, gid, home] = row ?? [];
  if (typeof name !== 'string') return undefined;
  const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
  return { name, uid: number(uid), gid: number(gid), home: typeof home === 'string' ? home : undefined };
}
