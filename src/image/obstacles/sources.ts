import type { Release } from '../../facts/images/types.js';
import type { Step } from '../types.js';
import type { Ground, Place } from './types.js';

/** `deb [options] https://host/path suite component`, in an echo, a heredoc or add-apt-repository. */
const SOURCE = /\bdeb(?:-src)?\s+(?:\[[^\][]*\]\s+)?[^\s:]+:\/\/\S+\s+([a-z][\w./-]*)/g;
/** Words of addresses: of packages and keys, `…/ubuntu1604/x86_64/…`, `…-1.bionic_amd64.deb`. */
const ADDRESS = /(?<![a-z])[a-z]+:\/\/[^\s'"`;|&)]+/g;
/** NodeSource's scripts for versions before 16 end on releases that are newer than they are. */
const NODESOURCE = /nodesource\.com\/setup_(\d+)\.x/;
/** Repositories that publish for each new release of Ubuntu. */
const KEPT =
  /ppa:(?:ondrej\/(?:php|apache2|nginx)|deadsnakes\/ppa|git-core\/ppa|ubuntu-toolchain-r\/(?:test|ppa)|mozillateam\/ppa)\b/;

/** Package sources that are made for another release than the one the base image has today. */
export function sourceObstacle({ build: { release }, step, command }: Place): string | undefined {
  if (release === undefined || step.script?.commands[0] !== command) return undefined;
  const { text } = step.script;
  if (release.distribution === 'alpine') return edgeOf(text);
  const suite = [...text.matchAll(SOURCE)].flatMap(([, word = '']) => release.another(word) ?? [])[0];
  if (suite !== undefined) return `adds packages of ${suite}`;
  const address = [...text.matchAll(ADDRESS)].flatMap(([word]) => inAddress(word, release) ?? [])[0];
  if (address !== undefined) return `downloads what is made for ${address}`;
  const old = Number(NODESOURCE.exec(text)?.[1] ?? 16);
  if (old < 16) return `adds the packages of Node.js ${old}, which are not made for ${release.title}`;
  const ppa = [...text.matchAll(/ppa:[\w./+-]+/g)].find(([word]) => !KEPT.test(word))?.[0];
  return ppa && `adds ${ppa}, and whether that has packages for ${release.title} is not known`;
}

/** Packages of edge fit the newest release alone. */
function edgeOf(text: string): string | undefined {
  return /\/alpine\/edge\/|\balpine\/edge\b/.test(text)
    ? 'installs packages of edge, which fit the newest release alone'
    : undefined;
}

/** A release by its codename, or by name and version: `xenial`, `ubuntu1604`, `xUbuntu_16.04`, `debian/9`. */
function inAddress(address: string, release: Release): string | undefined {
  const words = address.toLowerCase().split(/[/_.=?&-]+/);
  const named = words.flatMap((word) => release.another(word) ?? [])[0];
  if (named !== undefined) return named;
  const [, distribution, version] = /(ubuntu|debian)[/_-]?(\d\d?\.\d\d|\d{4}|\d\d?)(?![\d.])/i.exec(address) ?? [];
  if (distribution?.toLowerCase() !== release.distribution || version === undefined) return undefined;
  return release.another(version.replace(/^(\d\d)(\d\d)$/, '$1.$2'));
}

/** A copied file takes the place of the package sources that the release came with. */
export function copiedSources({ context, build: { release } }: Ground, { copy }: Step): string | undefined {
  const target = copy?.target?.path ?? '';
  if (release === undefined || copy === undefined || !/^\/etc\/(?:apt\/sources\.list|apk\/repositories)/.test(target))
    return undefined;
  const [source] = copy.sources;
  const path = source?.from === 'context' ? source.text : undefined;
  const text = path === undefined ? undefined : context?.read(path);
  if (text === undefined)
    return target.includes('.list.d')
      ? undefined
      : `replaces the package sources, and of which release those are is not known`;
  const named = text.split(/[\s/]+/).flatMap((word) => release.another(word) ?? [])[0];
  return named && `adds packages of ${named}`;
}
