import type { Refusal } from '../../refusal.js';

export type PackageManager = 'apt' | 'apk' | 'dnf' | 'microdnf' | 'yum' | 'tdnf' | 'pacman' | 'zypper';

export interface Account {
  readonly name: string;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly home?: string | undefined;
}

/** Facts about a base image, of one variant family (`node`, `node:…-alpine`). */
export interface BaseImage {
  /** Normalised name: `node`, `mcr.microsoft.com/dotnet/aspnet`. */
  readonly name: string;
  readonly distribution: string | undefined;
  readonly packageManager: PackageManager | undefined;
  /** What /bin/sh is: `dash`, `bash`, `busybox ash`, `none`. */
  readonly shell: string | undefined;
  readonly bash: boolean | undefined;
  /** True when groupadd and useradd exist. */
  readonly useradd: boolean | undefined;
  /** `busybox` takes -D and -S; `debian` is the Perl script. */
  readonly adduser: 'busybox' | 'debian' | 'symlink to useradd' | undefined;
  /** The user of the last USER, or `root`. */
  readonly user: string | undefined;
  /** An account of the image that is not root. */
  readonly account: Account | undefined;
  readonly workdir: string | undefined;
  readonly entrypoint: readonly string[] | undefined;
  readonly cmd: readonly string[] | undefined;
  /** `8080/tcp`, `53/udp`. */
  readonly expose: readonly string[];
  readonly volumes: readonly string[];
  /** Whether the program gives up root itself; data/README.md explains the values. */
  readonly privilege: 'none' | 'entrypoint-drops' | 'workers-drop' | 'needs-root' | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** `env` is all that the image sets, besides PATH. */
  readonly envComplete: boolean;
  /** False when the facts are general knowledge, not read from the image's Dockerfile or documentation. */
  readonly certain: boolean;
}

/** A release of a distribution. */
export interface Release {
  readonly distribution: 'debian' | 'ubuntu' | 'alpine';
  /** `13`, `26.04`, `3.24`. */
  readonly version: string;
  /** `trixie`, `resolute`; Alpine has none. */
  readonly codename: string | undefined;
  /** `Debian 13`. */
  readonly title: string;
  /** ISO date of its last fixes, where that has passed. */
  readonly ended: string | undefined;
  /** True when an older release had the package, and this one has it no more. `elsewhere`: other repositories are added. */
  lacks(name: string, elsewhere: boolean): boolean;
  /** The last release that had such a package, as far as it is known: `Debian 11 (bullseye)`, `Debian 10 or before`. */
  lastWith(name: string): string | undefined;
  /**
   * The title of another release of Debian or Ubuntu that a word names by codename, or of the same distribution by version: `stretch`,
   * `jessie-backports`, `16.04`; undefined for other words, and where it is this one.
   */
  another(word: string): string | undefined;
}

/** What a floating tag means on the day of the table. */
export interface Build {
  /** The full version of the image: `26.7.0`; undefined where no tag says it. */
  readonly version: string | undefined;
  /** What it is built on, where its tags say so. */
  readonly release: Release | undefined;
}

export interface Pin {
  /** The best tag of the same image in the granularity asked for. */
  readonly tag: string;
  /** ISO date of the table that has the tag. */
  readonly date: string;
  readonly build?: Build | undefined;
}

/** How fine a version is: as the project keeps it compatible (node:26, python:3.14), or 26.7.0, 26.7, 26. */
export type Granularity = 'compatible' | 'patch' | 'minor' | 'major';

export interface ImageFacts {
  /** Facts for an image reference as written in FROM (`node:20-alpine`, `docker.io/library/node`). */
  base(reference: string): BaseImage | undefined;
  /** The tag of the same image with a version, for a floating reference; or why there is none. */
  pin(reference: string, granularity: Granularity): Pin | Refusal;
}
