import type { BaseImage } from '../../src/facts/images/types.js';
import { isRoot } from '../../src/image/account.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { both, type AccountStyle, type ChosenAccount } from './account.js';
import { createdAccount } from './created-account.js';
import type { FinalImage } from './final-image.js';
import { runCommands } from './installed-programs.js';
import { madeAccount } from './made-account.js';
import { ownerInNumbers, preparedOwners } from './prepared-account.js';
import type { Runtime } from './runtimes.js';

export function chooseAccount(image: FinalImage, runtime: Runtime, style: AccountStyle): ChosenAccount | Refusal {
  const { base } = image;
  if (base === undefined)
    return refuse('base-image-unknown', 'nothing is known of the base image: its accounts, its entry point');
  if (base.distribution === 'scratch' || base.distribution === 'distroless' || base.shell === 'none')
    return numericAccount(base, style);
  const made = madeAccount(runCommands(image), style);
  if (made !== undefined) return made;
  const prepared = preparedAccount(image, base, style);
  if (prepared !== undefined) return prepared;
  const own = dotnetAccount(image, style) ?? ownAccount(image, base, style);
  if (own !== undefined) return own;
  // A .NET program of one file unpacks itself into its home.
  return createdAccount(base, runtime.home || DOTNET.test(image.reference ?? ''), style);
}

/** The files already belong to an account that the image has: that one is meant. */
function preparedAccount(image: FinalImage, base: BaseImage, style: AccountStyle): ChosenAccount | Refusal | undefined {
  const owners = preparedOwners(image);
  const [owner] = owners;
  if (owner === undefined) return undefined;
  if (owners.some(isRoot)) return refuse('root-on-purpose', 'the Dockerfile gives files to root itself');
  const numbers = owners.length === 1 ? ownerInNumbers(owner, base) : undefined;
  if (numbers === undefined)
    return refuse(
      'accounts-unclear',
      `files are given to \`${owners.join('` and `')}\`: which account the application should get is not clear`,
    );
  const [name = '', group] = owner.split(/[:.]/);
  const named = style === 'name' && group !== undefined && name === base.account?.name;
  const names = named ? { user: name, owner } : { user: numbers, owner: numbers };
  return { ...names, described: `the owner of its files, \`${owner}\``, commands: [], shell: true };
}

/** No shell and perhaps no passwd: a number needs neither. */
function numericAccount(base: BaseImage, style: AccountStyle): ChosenAccount {
  const { uid = 65532, gid = uid, name } = base.account ?? { uid: 65532, gid: 65532, name: undefined };
  const described = name === undefined ? 'an account without a name' : `the image's own account \`${name}\``;
  const named = style === 'name' && name !== undefined;
  const names = named ? { user: name, owner: `${name}:${name}` } : both(`${uid}:${gid}`);
  return { ...names, described, commands: [], shell: false };
}

/** Accounts that images bring for applications. Others, such as `ubuntu`, are logins. */
const FOR_APPLICATIONS = /^(?:node|bun|deno|app|www-data|nonroot|pwuser)$/;

function ownAccount(image: FinalImage, base: BaseImage, style: AccountStyle): ChosenAccount | undefined {
  const { account } = base;
  if (account?.uid === undefined || !FOR_APPLICATIONS.test(account.name) || isOlderThanItsAccount(image))
    return undefined;
  return {
    ...(style === 'name'
      ? { user: account.name, owner: `${account.name}:${account.name}` }
      : both(`${account.uid}:${account.gid ?? account.uid}`)),
    described: `the image's own account \`${account.name}\``,
    commands: [],
    shell: true,
  };
}

const DOTNET = /^mcr\.microsoft\.com\/dotnet\//;

/** The .NET images have it since version 8, whatever they are built on. */
function dotnetAccount({ reference = '' }: FinalImage, style: AccountStyle): ChosenAccount | undefined {
  const version = /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps|sdk)(?::(\d+)|@|$)/.exec(reference);
  if (version === null || (version[1] !== undefined && Number(version[1]) < 8)) return undefined;
  const names = style === 'name' ? { user: '$APP_UID', owner: 'app:app' } : both('1654:1654');
  return { ...names, described: "the image's own account `app`", commands: [], shell: true };
}

/** `node` came with 4.6.1, 6.7 and 7. */
function isOlderThanItsAccount({ reference }: FinalImage): boolean {
  const version = /(?:^|\/)(?:node|iojs):v?(\d+)(?:\.(\d+))?/.exec(reference ?? '');
  if (version === null) return false;
  const major = Number(version[1]);
  const minor = version[2] === undefined ? Infinity : Number(version[2]);
  return major < 4 || major === 5 || (major === 4 && minor < 7) || (major === 6 && minor < 8);
}
