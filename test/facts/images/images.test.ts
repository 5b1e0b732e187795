import { describe, expect, it } from 'vitest';
import tags from '../../../data/image-tags.json' with { type: 'json' };
import versionParts from '../../../data/version-parts.json' with { type: 'json' };
import retired from '../../../data/retired-image-tags.json' with { type: 'json' };
import { parseReference, withTag } from '../../../src/facts/images/reference.js';
import { isFloating } from '../../../src/facts/images/tags.js';
import { shippedImages } from '../../../src/facts/images/shipped.js';
import type { Release } from '../../../src/facts/images/types.js';
import { isRefusal } from '../../../src/refusal.js';

const images = shippedImages();
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('an image reference', () => {
  it.each([
    ['node', 'node', undefined, undefined, true],
    ['node:20-alpine', 'node', '20-alpine', undefined, true],
    ['library/node:20', 'node', '20', undefined, true],
    ['docker.io/node', 'node', undefined, undefined, true],
    ['docker.io/library/node:20', 'node', '20', undefined, true],
    ['index.docker.io/library/node', 'node', undefined, undefined, true],
    ['docker.io/grafana/grafana', 'grafana/grafana', undefined, undefined, false],
    ['grafana/grafana:11.0.0', 'grafana/grafana', '11.0.0', undefined, false],
    ['localhost:5000/node', 'localhost:5000/node', undefined, undefined, false],
    ['registry.example.com:5000/a/b:1', 'registry.example.com:5000/a/b', '1', undefined, false],
    [`node@${digest}`, 'node', undefined, digest, true],
    [`node:20@${digest}`, 'node', '20', digest, true],
    ['node:RC_1.2-x', 'node', 'RC_1.2-x', undefined, true],
  ])('%s', (text, name, tag, expectedDigest, official) =>
    expect(parseReference(text)).toEqual({ name, tag, digest: expectedDigest, official }),
  );

  it.each(['', 'Node', 'node:', ':20', '$BASE', 'node:${TAG}', 'a b', 'node:20:21', '/node', 'node/'])(
    'is not %j',
    (text) => expect(parseReference(text)).toBeUndefined(),
  );
});

describe('another tag', () => {
  it.each([
    ['node', 'node:22'],
    ['node:slim', 'node:22'],
    ['docker.io/library/node:slim', 'docker.io/library/node:22'],
    ['localhost:5000/app', 'localhost:5000/app:22'],
    ['localhost:5000/app:1', 'localhost:5000/app:22'],
  ])('of %s gives %s', (image, expected) => {
    expect(withTag(image, '22')).toBe(expected);
  });
});

describe('a tag that moves', () => {
  it.each([
    ['node', undefined],
    ['acme/own', undefined],
    ['acme/own', 'latest'],
    ['node', 'alpine'],
    ['node', 'alpine3.24'],
    ['node', 'lts'],
    ['node', 'lts-slim'],
    ['python', 'slim-bookworm'],
    ['debian', 'stable-slim'],
    ['ubuntu', 'rolling'],
    ['nginx', 'stable-alpine'],
  ])('%s:%s', (name, tag) => expect(isFloating(name, tag)).toBe(true));

  it.each([
    ['node', '20'],
    ['node', 'krypton-slim'],
    ['node', 'lts-krypton'],
    ['ubuntu', 'jammy'],
    ['debian', 'bookworm-slim'],
    ['debian', 'testing-20260803'],
    ['ros', 'humble'],
    ['gradle', 'jdk17'],
    ['acme/own', 'alpine'],
    ['node', 'no-such-tag'],
    ['constructor', 'alpine'],
  ])('is not %s:%s', (name, tag) => expect(isFloating(name, tag)).toBe(false));
});

describe('the pin of', () => {
  const last = Object.entries(retired.images).map(([name, { groups }]) => [name, groups] as const);
  const groups = [...Object.entries(tags.images), ...last].flatMap(([name, builds]) =>
    builds.map((build) => ({ name, build: build.split(/[ |]/) })),
  );

  it.each(['compatible', 'patch'] as const)('every moving tag names the same build, and settles: %s', (granularity) => {
    for (const { name, build } of groups)
      for (const tag of build.filter((one) => isFloating(name, one))) {
        const pin = images.pin(`${name}:${tag}`, granularity);
        if (isRefusal(pin)) continue;
        expect(build).toContain(pin.tag);
        expect(isFloating(name, pin.tag)).toBe(false);
      }
  });

  it('latest is no pre-release and no dated snapshot where a version will do', () => {
    for (const { name, build } of groups.filter((group) => group.build.includes('latest'))) {
      const pin = images.pin(name, 'patch');
      if (isRefusal(pin) || name === 'archlinux') continue;
      expect(`${name}:${pin.tag}`).not.toMatch(/rc\d*(?:-|$)|beta|(?:-|^)\d{8}/);
      expect(build).toContain(pin.tag);
    }
  });

  it.each([
    ['node', 'compatible', /^\d+$/],
    ['node:alpine', 'compatible', /^\d+-alpine$/],
    ['node:bookworm-slim', 'compatible', /^\d+-bookworm-slim$/],
    ['node:bookworm', 'compatible', /^\d+-bookworm$/],
    ['python:slim', 'compatible', /^\d+\.\d+-slim$/],
    ['golang', 'compatible', /^\d+\.\d+$/],
    ['alpine', 'compatible', /^\d+\.\d+$/],
    ['debian', 'compatible', /^\d+$/],
    ['ubuntu', 'compatible', /^\d\d\.\d\d$/],
    ['postgres', 'compatible', /^\d+$/],
    ['maven', 'compatible', /^\d+\.\d+-eclipse-temurin-\d+$/],
    ['gradle:alpine', 'compatible', /^\d+-jdk\d+-alpine$/],
    ['php:fpm', 'compatible', /^\d+\.\d+-fpm$/],
    ['node', 'patch', /^\d+\.\d+\.\d+-[a-z]+$/],
    ['node', 'minor', /^\d+\.\d+$/],
    ['node', 'major', /^\d+$/],
    ['docker.io/library/python:slim', 'patch', /^\d+\.\d+\.\d+-slim-[a-z]+$/],
    ['golang:alpine', 'patch', /^\d+\.\d+\.\d+-alpine\d+\.\d+$/],
    ['php:fpm', 'patch', /^\d+\.\d+\.\d+-fpm-[a-z]+$/],
    ['php', 'patch', /^\d+\.\d+\.\d+-[a-z]+$/],
    ['maven', 'patch', /^\d+\.\d+\.\d+-eclipse-temurin-\d+-[a-z]+$/],
    ['debian', 'patch', /^\d+\.\d+$/],
    ['ubuntu', 'patch', /^\d+\.\d+$/],
    ['debian:unstable-slim', 'patch', /^unstable-20\d{6}-slim$/],
    ['amazonlinux', 'patch', /^20\d\d\.\d+\.20\d{6}\.\d+$/],
    ['amazoncorretto', 'patch', /^\d+u\d+/],
  ] as const)('%s (%s) is %s', (reference, granularity, expected) => {
    const pin = images.pin(reference, granularity);
    expect(isRefusal(pin) ? pin.reason : pin.tag).toMatch(expected);
  });

  it('node:lts waits for a table that is newer than the day on which it moved', () => {
    for (const tag of ['lts', 'lts-alpine', 'lts-slim'])
      expect(images.pin(`node:${tag}`, 'compatible')).toMatchObject({ code: 'moved' });
    expect(images.pin('node:current', 'compatible')).toMatchObject({ tag: '26' });
  });

  it('archlinux is left to roll, unless a snapshot is asked for', () => {
    expect(images.pin('archlinux', 'compatible')).toMatchObject({ code: 'rolling-release' });
    expect(images.pin('archlinux', 'patch')).toMatchObject({ tag: expect.stringContaining('base-20') as string });
  });

  it('every image of the table is as fine as its project says', () => {
    const ruled = Object.values(versionParts.parts).flatMap((names) => names.split(' '));
    const pinned = groups.filter(({ name, build }) =>
      build.some((tag) => isFloating(name, tag) && !isRefusal(images.pin(`${name}:${tag}`, 'compatible'))),
    );
    const named = new Set([
      'buildpack-deps',
      'clojure',
      'ibm-semeru-runtimes',
      'neurodebian',
      'rakudo-star',
      'ros',
      'sonarqube',
      'spark',
    ]);
    expect(pinned.map(({ name }) => name).filter((name) => !ruled.includes(name) && !named.has(name))).toEqual([]);
  });

  it.each([
    ['acme/own', 'not-official', 'it is not an official image'],
    ['centos', 'end-of-life', 'it is centos:8.4.2105, past its end of life since 2021-12-31: almalinux:8'],
    ['java:jre-alpine', 'end-of-life', 'it is java:8u111-jre-alpine, past its end of life since 2016-12-31'],
    ['iojs', 'not-in-table', 'it is not among the official images'],
    ['constructor', 'not-in-table', 'it is not among the official images'],
    ['node:onbuild', 'not-in-table', 'no tag onbuild'],
    ['hello-world', 'not-in-table', 'its build has no tag with a version'],
    ['open-liberty', 'not-in-table', 'its build has no tag with a version'],
    ['Node', 'no-reference', 'it is no image reference'],
  ])('%s is not known: %s', (reference, code, reason) =>
    expect(images.pin(reference, 'patch')).toMatchObject({ code, reason: expect.stringContaining(reason) as string }),
  );
});

describe('the release that', () => {
  const releaseOf = (reference: string): Release | undefined => {
    const pin = images.pin(reference, 'compatible');
    return isRefusal(pin) ? undefined : pin.build?.release;
  };

  it.each([
    ['debian', 'Debian 13 (trixie)'],
    ['python:slim', 'Debian 13 (trixie)'],
    ['node:bookworm', 'Debian 12 (bookworm)'],
    ['ubuntu', 'Ubuntu 26.04 (resolute)'],
    ['alpine', 'Alpine 3.24'],
    ['golang:alpine', 'Alpine 3.24'],
    ['fedora', undefined],
  ])('%s is built on is %s', (reference, title) => expect(releaseOf(reference)?.title).toBe(title));

  it.each([
    ['debian', 'python-numpy', true],
    ['debian', 'python-is-python3', false],
    ['debian', 'netcat', true],
    ['debian', 'dnsutils', false],
    ['debian', 'software-properties-common', true],
    ['ubuntu', 'software-properties-common', false],
    ['debian', 'openjdk-8-jdk', true],
    ['debian', 'openjdk-21-jdk', false],
    ['debian', 'gcc-99', false],
    ['debian', 'acme-tool', false],
    ['node:bookworm', 'python3.11-venv', false],
    ['node:bookworm', 'python3.9-venv', true],
    ['alpine', 'py2-pip', true],
    ['alpine', 'python2', true],
    ['alpine', 'py3-pip', false],
  ])('%s is built on lacks %s: %s', (reference, name, expected) =>
    expect(releaseOf(reference)?.lacks(name, false)).toBe(expected),
  );

  it('lacks a version that other repositories may have only without them', () => {
    expect(releaseOf('debian')?.lacks('php7.4-cli', true)).toBe(false);
    expect(releaseOf('debian')?.lacks('python-pip', true)).toBe(true);
  });

  it.each([
    ['debian', 'neofetch', 'Debian 12 (bookworm)'],
    ['debian', 'python2.7', 'Debian 11 (bullseye)'],
    ['debian', 'python-pip', 'Debian 10 or before'],
    ['ubuntu', 'python2.7', 'Ubuntu 22.04 (jammy)'],
    ['alpine', 'python2', undefined],
  ])('is before %s had %s: %s', (reference, name, last) => expect(releaseOf(reference)?.lastWith(name)).toBe(last));
});

describe('the facts of', () => {
  it.each([
    ['node', 'debian', 'apt', 'node'],
    ['node:20-alpine3.19', 'alpine', 'apk', 'node'],
    ['node:12-buster-slim', 'debian', 'apt', 'node'],
    ['docker.io/library/python:3.9', 'debian', 'apt', undefined],
    ['alpine:3.12', 'alpine', 'apk', undefined],
    ['ubuntu:22.04', 'ubuntu', 'apt', undefined],
    ['caddy:2.7', 'alpine', 'apk', undefined],
    ['gcr.io/distroless/static-debian12', 'distroless', undefined, 'nonroot'],
  ])('%s', (reference, distribution, packageManager, account) => {
    const base = images.base(reference);
    expect(base?.distribution).toBe(distribution);
    expect(base?.packageManager).toBe(packageManager);
    expect(base?.account?.name).toBe(account);
    expect(base?.certain).toBe(true);
  });

  it('an entry point that drops root, and of one that does not', () => {
    expect(images.base('postgres:16')?.privilege).toBe('entrypoint-drops');
    expect(images.base('nginx')?.privilege).toBe('workers-drop');
    expect(images.base('python:3.12')?.privilege).toBe('none');
  });

  it('variants that differ are unknown where they differ', () => {
    const base = images.base('eclipse-temurin:21');
    expect(base?.certain).toBe(true);
    expect(images.base('node:12-buster')?.adduser).toBeUndefined();
  });

  it.each(['acme/own', 'Node', '$BASE', 'golang:windowsservercore', 'python:3.12-nanoserver', 'constructor'])(
    '%s are not known',
    (reference) => expect(images.base(reference)).toBeUndefined(),
  );
});
