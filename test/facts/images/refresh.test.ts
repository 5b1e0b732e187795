import { describe, expect, it } from 'vitest';

interface Group {
  readonly tags: readonly string[];
  readonly shared?: readonly string[];
  readonly os?: string | undefined;
}

interface Scripts {
  readonly readLibraryFile: (text: string) => readonly Group[];
  readonly compactGroups: (groups: readonly Group[]) => readonly string[];
  readonly compactRecords: (records: readonly unknown[]) => { systems: unknown; images: unknown };
}

const script = async (name: string): Promise<Scripts> =>
  (await import(new URL(`../../../scripts/${name}`, import.meta.url).href)) as Scripts;
const { readLibraryFile, compactGroups } = await script('refresh-tags.mjs');
const { compactRecords } = await script('refresh-bases.mjs');

const LIBRARY = `# made by a script, see https://example.com
Maintainers: A Person <a@example.com> (@a),
             Another <b@example.com> (@b)
GitRepo: https://example.com/own.git

Tags: 2.1.0-trixie, 2.1-trixie, trixie
SharedTags: 2.1.0, 2.1, latest
Architectures: amd64, arm64v8
GitCommit: 0123456789abcdef
Directory: 2.1/trixie

Tags: 2.1.0-alpine3.24, 2.1-alpine3.24,
      2.1.0-alpine, alpine
Directory: 2.1/alpine3.24

Tags: 2.1.0-windowsservercore-ltsc2025
SharedTags: 2.1.0, 2.1, latest
Architectures: windows-amd64
Directory: 2.1/windows
Constraints: windowsservercore-ltsc2025

Tags: 1.9.3, 1.9
Directory: 1.9
`;

describe('a library file', () => {
  const groups = readLibraryFile(LIBRARY);

  it('is a group a block', () => {
    expect(groups.map(({ tags }) => tags)).toEqual([
      ['2.1.0-trixie', '2.1-trixie', 'trixie'],
      ['2.1.0-alpine3.24', '2.1-alpine3.24', '2.1.0-alpine', 'alpine'],
      ['2.1.0-windowsservercore-ltsc2025'],
      ['1.9.3', '1.9'],
    ]);
    expect(groups.map(({ shared }) => shared)).toEqual([
      ['2.1.0', '2.1', 'latest'],
      [],
      ['2.1.0', '2.1', 'latest'],
      [],
    ]);
    expect(groups.map(({ os }) => os)).toEqual([undefined, undefined, 'windows', undefined]);
  });

  it('keeps the Linux builds that a moving tag names', () => {
    expect(compactGroups(groups)).toEqual([
      '2.1.0-trixie 2.1-trixie trixie|2.1.0 2.1 latest',
      '2.1.0-alpine3.24 2.1-alpine3.24 2.1.0-alpine alpine',
    ]);
  });
});

it('facts about base images share what many have in common', () => {
  const system = { distribution: 'alpine', package_manager: 'apk', bin_sh: 'busybox ash', bash: false, useradd: false };
  const { systems, images } = compactRecords([
    { ...system, image: 'a', variant: 'default', example_tags: ['1', '1.2'], user: 'root', expose: [80] },
    {
      ...system,
      image: 'b',
      variant: 'alpine',
      certainty: 'general_knowledge',
      privilege: { model: 'entrypoint_drops' },
    },
    { ...system, image: 'c/{d,e}', variant: 'default' },
    { image: 'a', variant: 'nanoserver', distribution: 'windows' },
  ]);
  expect(systems).toEqual([['alpine', 'apk', 'busybox ash', false, false, null]]);
  expect(images).toEqual({
    a: [{ v: 'default', t: '1 1.2', f: 0, u: 'root', x: ['80'] }],
    b: [{ v: 'alpine', f: 0, m: 'entrypoint-drops', q: 1 }],
  });
});
