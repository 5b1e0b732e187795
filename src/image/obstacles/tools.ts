import { readArguments } from '../../commands/arguments.js';
import { programOf, type Program } from '../../commands/program.js';
import { isInstalled } from '../installed.js';
import { isFrom, isReleaseFrom } from './versions.js';
import type { Place } from './types.js';

/** Programs that the release or the image has no more, and an id of an account that is taken. */
export function toolObstacle(place: Place): string | undefined {
  const program = programOf(place.command);
  return program && (missingProgram(place, program.name) ?? takenId(place, program));
}

/**
 * apt-key left apt 2.9; corepack left Node.js 25, and Yarn its image at 26 (nodejs/docker-node#2264); adduser is no part of
 * Debian 13's base.
 */
function missingProgram(place: Place, name: string): string | undefined {
  const { name: image, build, state } = place;
  const { release, version } = build;
  if (release !== undefined && name === 'apt-key' && isReleaseFrom(release, 13, 25.04))
    return `runs apt-key, which ${release.title} no longer has`;
  const installs = (tool: string): boolean => isInstalled(place.image, state, tool);
  if (release !== undefined && /^add(?:user|group)$/.test(name) && isPlainDebian(place) && !installs('adduser'))
    return `runs ${name}, which images of ${release.title} no longer have`;
  if (image === 'amazonlinux' && name === 'amazon-linux-extras' && isFrom(version, 2023))
    return `runs ${name}, which Amazon Linux ${version ?? ''} no longer has`;
  if (image !== 'node') return undefined;
  const lacks =
    (name === 'corepack' && isFrom(version, 25)) ||
    (/^yarn(?:pkg)?$/.test(name) && isFrom(version, 26) && !installs('yarn') && !installsYarn(place));
  return lacks && !installs('corepack')
    ? `runs ${name}, which the image of Node.js ${version ?? ''} no longer has`
    : undefined;
}

function installsYarn({ image }: Place): boolean {
  return /yarnpkg\.com/.test(image.dockerfile.text);
}

function isPlainDebian({ name, build: { release }, image, state }: Place): boolean {
  if (!isReleaseFrom(release, 13, Infinity)) return false;
  return name === 'debian' || image.rootReference(state.stage)?.includes('slim') === true;
}

const ACCOUNT_OPTIONS = [
  '-u',
  '--uid',
  '-g',
  '--gid',
  '-G',
  '--groups',
  '-s',
  '--shell',
  '-d',
  '--home',
  '-c',
  '--gecos',
];
/** It deletes or changes that account, or asks whether there is one. */
const FREES_ID = /\b(?:userdel|deluser|usermod|groupmod|groupdel|delgroup)\b|getent|\bid -u/;

/** Since 23.04, images of Ubuntu have an account with the id 1000. */
function takenId({ build, step, image }: Place, { name, args }: Program): string | undefined {
  const { release } = build;
  if (release?.distribution !== 'ubuntu' || Number(release.version) < 23.04) return undefined;
  if (!/^(?:(?:user|group)add|add(?:user|group))$/.test(name)) return undefined;
  const group = name.includes('group');
  const { options } = readArguments(args, { valued: ACCOUNT_OPTIONS });
  if (options.some((one) => one.name === '-o' || one.name === '--non-unique')) return undefined;
  const wanted = group ? ['-g', '--gid'] : ['-u', '--uid'];
  const value = options.find((one) => wanted.includes(one.name))?.value ?? '';
  const [, variable] = /^"?\$\{?(\w+)\}?"?$/.exec(value) ?? [];
  const id = variable === undefined ? value : step.config.variables.get(variable);
  if (id !== '1000' || FREES_ID.test(image.dockerfile.text)) return undefined;
  return `gives ${group ? 'a group' : 'an account'} the id 1000, which the account ubuntu of ${release.title} has`;
}
