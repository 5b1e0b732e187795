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
  /** False when the facts are general knowledge, not read from the image's Dockerfile or documentation. */
  readonly certain: boolean;
}

export interface Pin {
  /** The best tag of the same image in the granularity asked for. */
  readonly tag: string;
  /** ISO date of the table that has the tag. */
  readonly date: string;
}

/** How fine a version is: as the project keeps it compatible (node:26, python:3.14), or 26.7.0, 26.7, 26. */
export type Granularity = 'compatible' | 'patch' | 'minor' | 'major';

export interface ImageFacts {
  /** Facts for an image reference as written in FROM (`node:20-alpine`, `docker.io/library/node`). */
  base(reference: string): BaseImage | undefined;
  /** The tag of the same image with a version, for a floating reference; or why there is none. */
  pin(reference: string, granularity: Granularity): Pin | Refusal;
}
