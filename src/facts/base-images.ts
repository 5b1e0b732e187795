import data from '../../data/base-images.json' with { type: 'json' };
import { parseReference } from './image-reference.js';
import type { Account, BaseImage, PackageManager } from './types.js';

/** A row of data/base-images.json: see data/README.md for the keys. */
interface Row {
  readonly i: string;
  readonly v: string;
  readonly t?: string;
  readonly d?: string;
  readonly p?: string;
  readonly s?: string;
  readonly b?: boolean | string;
  readonly g?: boolean | string;
  readonly a?: string;
  readonly u?: string;
  readonly n?: readonly (string | number | null)[];
  readonly w?: string;
  readonly e?: readonly string[];
  readonly c?: readonly string[];
  readonly x?: readonly string[];
  readonly o?: readonly string[];
  readonly m?: string;
  readonly k?: Readonly<Record<string, string>>;
  readonly q?: number;
}

const DEBIAN = /(?:^|-)(?:wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|slim)(?:-|$)/;
const UBUNTU = /(?:^|-)(?:xenial|bionic|focal|jammy|noble|resolute|ubuntu[\d.]*)(?:-|$)/;
const RPM = /(?:^|-)(?:ubi\d*|ubi\d*-minimal|oraclelinux\d*|ol\d|centos\d*|fedora\d*|al2023|al2)(?:-|$)/;

let rows: Map<string, Row[]> | undefined;

function rowsOf(name: string): readonly Row[] {
  if (rows === undefined) {
    rows = new Map();
    for (const row of data.records as unknown as Row[]) rows.set(row.i, [...(rows.get(row.i) ?? []), row]);
  }
  return rows.get(name) ?? [];
}

/** Facts about the variant that the tag names; where several variants are possible, only what they agree on. */
export function baseImage(reference: string): BaseImage | undefined {
  const parsed = parseReference(reference);
  if (parsed === undefined) return undefined;
  const all = rowsOf(parsed.name);
  if (all.length === 0) return undefined;
  const fitting = fittingRows(all, parsed.tag ?? 'latest');
  return fitting.length === 0 ? undefined : agreed(parsed.name, fitting);
}

function fittingRows(all: readonly Row[], tag: string): readonly Row[] {
  const exact = all.filter((row) => row.t?.split(' ').includes(tag) === true);
  if (exact.length > 0) return exact;
  const family = familyOf(tag);
  const sameFamily = all.filter((row) => familyOf(row.v) === family || row.t?.split(' ').some((one) => familyOf(one) === family) === true);
  if (sameFamily.length > 0) return sameFamily;
  const distribution = distributionOf(tag);
  return all.filter(({ d, v }) => (distribution === undefined ? d !== 'alpine' && !/alpine/.test(v) : d === distribution));
}

function distributionOf(tag: string): string | undefined {
  if (/alpine/.test(tag)) return 'alpine';
  if (UBUNTU.test(tag)) return 'ubuntu';
  if (DEBIAN.test(tag)) return 'debian';
  return RPM.test(tag) ? 'rhel' : undefined;
}

/** A tag without its versions: `20-alpine3.19` is `alpine`, `3.12-slim` is `slim`, `8` and `latest` are the default. */
function familyOf(tag: string): string {
  const parts = tag
    .toLowerCase()
    .split('-')
    .map((part) => part.replace(/^v?\d[\w.]*$/, '').replace(/^(alpine|jdk|jre|ubi|ubuntu|debian)[\d.n]+/, '$1'))
    .filter((part) => !['', 'latest', 'lts', 'stable', 'current', 'default', 'mainline'].includes(part));
  return parts.join('-');
}

function agreed(name: string, all: readonly Row[]): BaseImage {
  const same = <K extends keyof Row>(key: K): Row[K] | undefined => {
    const [first] = all;
    return all.every((row) => JSON.stringify(row[key]) === JSON.stringify(first?.[key])) ? first?.[key] : undefined;
  };
  const flag = (value: boolean | string | undefined): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
  return {
    name,
    distribution: same('d'),
    packageManager: same('p') as PackageManager | undefined,
    shell: same('s'),
    bash: flag(same('b')),
    useradd: flag(same('g')),
    adduser: same('a') as BaseImage['adduser'],
    user: same('u'),
    account: accountOf(same('n')),
    workdir: same('w'),
    entrypoint: same('e'),
    cmd: same('c'),
    expose: [...new Set(all.flatMap(({ x = [] }) => x))],
    volumes: [...new Set(all.flatMap(({ o = [] }) => o))],
    privilege: same('m') as BaseImage['privilege'],
    env: same('k') ?? {},
    certain: all.every(({ q }) => q === undefined),
  };
}

function accountOf(row: Row['n']): Account | undefined {
  const [name, uid, gid, home] = row ?? [];
  if (typeof name !== 'string') return undefined;
  const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
  return { name, uid: number(uid), gid: number(gid), home: typeof home === 'string' ? home : undefined };
}
