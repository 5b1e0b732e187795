import { readArguments } from '../../commands/arguments.js';
import { packageAction } from '../../commands/packages.js';
import { programOf } from '../../commands/program.js';
import type { Release } from '../../facts/images/types.js';
import { isInstalled } from '../installed.js';
import type { Place } from './types.js';

/** Programs that the release or the image has no more, and commands that they refuse. */
export function toolObstacle(place: Place): string | undefined {
  const program = programOf(place.command);
  if (program === undefined || program.name.includes('/')) return undefined;
  return (
    missingProgram(place, program.name) ??
    takenId(place) ??
    systemPip(place) ??
    phpExtension(place) ??
    setupScript(place)
  );
}

/** Numbers of a version compare as numbers: 9 is before 13. */
function isFrom(version: string | undefined, major: number, minor = 0): boolean {
  const [first = 0, second = 0] = (version ?? '0').split('.').map(Number);
  return first > major || (first === major && second >= minor);
}

/** True for Debian and Ubuntu from these releases on. */
function isReleaseFrom(release: Release | undefined, debian: number, ubuntu: number): boolean {
  if (release?.distribution === 'debian') return isFrom(release.version, debian);
  return release?.distribution === 'ubuntu' && Number(release.version) >= ubuntu;
}

/**
 * apt-key left apt 2.9; corepack left Node.js 25, and Yarn its image at 26 (nodejs/docker-node#2264); adduser is no part of
 * Debian 13's base.
 */
function missingProgram(place: Place, name: string): string | undefined {
  const { name: image, build, state } = place;
  const { release, version } = build;
  const installed = (tool: string): boolean => isInstalled(place.image, state, tool);
  if (name === 'apt-key' && isReleaseFrom(release, 13, 25.04))
    return `runs apt-key, which ${release?.title ?? ''} no longer has`;
  const plain =
    image === 'debian' ||
    (release?.distribution === 'debian' && /^(?:python|node|ruby|golang)$/.test(image) && slim(place));
  if (/^add(?:user|group)$/.test(name) && plain && isReleaseFrom(release, 13, 99) && !installed('adduser'))
    return `runs ${name}, which images of ${release?.title ?? ''} no longer have`;
  if (image !== 'node') return undefined;
  if (name === 'corepack' && isFrom(version, 25) && !installed('corepack')) return missing(name, version);
  const yarn = /^yarn(?:pkg)?$/.test(name) && isFrom(version, 26);
  return yarn && !installed('yarn') && !installed('corepack') ? missing(name, version) : undefined;
}

function missing(name: string, version = ''): string {
  return `runs ${name}, which the image no longer has: it is Node.js ${version}`;
}

function slim({ image, state }: Place): boolean {
  return image.rootReference(state.stage)?.includes('slim') === true;
}

/** Since 23.04, images of Ubuntu have an account with the id 1000. */
function takenId(place: Place): string | undefined {
  const { build, command, step, image, state } = place;
  const { release } = build;
  if (release?.distribution !== 'ubuntu' || Number(release.version) < 23.04 || command.within.includes('condition'))
    return undefined;
  const program = programOf(command);
  const [, kind] = /^(?:use|group)add$|^add(user|group)$/.exec(program?.name ?? '') ?? [];
  if (program === undefined || (kind === undefined && !/^(?:user|group)add$/.test(program.name))) return undefined;
  const group = program.name.includes('group');
  const given = readArguments(program.args, {
    valued: ['-u', '--uid', '-g', '--gid', '-G', '-s', '-d', '-c', '--shell', '--home'],
  });
  const wanted = group ? ['-g', '--gid'] : ['-u', '--uid'];
  const value = given.options.find(({ name }) => wanted.includes(name))?.value;
  if (value === undefined || /(?:^|\s)(?:-o|--non-unique)\b/.test(command.args.map(({ text }) => text).join(' ')))
    return undefined;
  const [, variable] = /^"?\$\{?(\w+)\}?"?$/.exec(value) ?? [];
  const id = variable === undefined ? value : step.config.variables.get(variable);
  if (id !== '1000' || freesId(image.dockerfile.text) || state.stage.from.image.includes('$')) return undefined;
  return `gives ${group ? 'a group' : 'an account'} the id 1000, which the account ubuntu of ${release.title} has`;
}

/** It deletes or changes that account, or asks whether there is one. */
function freesId(text: string): boolean {
  return /\b(?:userdel|deluser|usermod|groupmod|groupdel|delgroup)\b|getent|id -u/.test(text);
}

/** pip refuses to change a Python that belongs to the system (PEP 668): Debian 12, Ubuntu 23.04, Alpine 3.19 and later. */
function systemPip({ name, build, state, step, command, image }: Place): string | undefined {
  const { release } = build;
  const guarded = isReleaseFrom(release, 12, 23.04) || release?.distribution === 'alpine';
  if (release === undefined || !guarded || /^(?:python|pypy|hylang)$/.test(name)) return undefined;
  const action = packageAction(command);
  if (action?.manager !== 'pip' || action.kind !== 'install' || action.subcommand?.text !== 'install') return undefined;
  const place = /^(?:--break-system-packages|-t|--target|--prefix|--root|--dry-run)(?:=|$)/;
  if (action.flags.some((flag) => place.test(flag)) || action.program.word.text.includes('/')) return undefined;
  const fromSystem = ['python3-pip', 'py3-pip', 'py-pip'].some((one) => isInstalled(image, state, one));
  if (!fromSystem || step.config.variables.has('PIP_BREAK_SYSTEM_PACKAGES')) return undefined;
  const { text } = image.dockerfile;
  if (/EXTERNALLY-MANAGED|break-system-packages|venv|virtualenv|activate\b|conda|pyenv/i.test(text)) return undefined;
  return `installs into the system's Python with pip, which ${release.title} refuses (PEP 668)`;
}

/** Extensions that PHP dropped or built in, and the version that did. */
const EXTENSIONS: Readonly<Record<string, readonly [number, number]>> = {
  mysql: [7, 0],
  mcrypt: [7, 2],
  recode: [7, 4],
  wddx: [7, 4],
  interbase: [7, 4],
  json: [8, 0],
  xmlrpc: [8, 0],
  imap: [8, 4],
  pspell: [8, 4],
  oci8: [8, 4],
  pdo_oci: [8, 4],
  opcache: [8, 5],
};

function phpExtension({ name, build, command }: Place): string | undefined {
  const program = programOf(command);
  if (name !== 'php' || program?.name !== 'docker-php-ext-install') return undefined;
  const gone = program.args
    .map(({ text }) => text)
    .find((text) => {
      const since = Object.hasOwn(EXTENSIONS, text) ? EXTENSIONS[text] : undefined;
      return since !== undefined && isFrom(build.version, since[0], since[1]);
    });
  return gone && `builds the extension ${gone}, which PHP ${build.version ?? ''} does not have as one`;
}

/** Images of Python have no setuptools since 3.12. */
function setupScript({ name, build, command, image, state }: Place): string | undefined {
  const program = programOf(command);
  if (name !== 'python' || program === undefined || !isFrom(build.version, 3, 12)) return undefined;
  const runsSetup = /^python3?$/.test(program.name) && /(?:^|\/)setup\.py$/.test(program.args[0]?.text ?? '');
  if (!runsSetup && program.name !== 'easy_install') return undefined;
  if (isInstalled(image, state, 'setuptools') || /\bpip3?\b.*\s(?:-r|\.|-e)\s?/.test(image.dockerfile.text))
    return undefined;
  return `runs ${runsSetup ? 'setup.py' : 'easy_install'}, and Python ${build.version ?? ''} comes without setuptools`;
}
