import { usesIn } from '../../commands/apt/script.js';
import { packageAction, type PackageAction } from '../../commands/packages.js';
import { programOf } from '../../commands/program.js';
import type { Release } from '../../facts/images/types.js';
import type { Command, ShellWord } from '../../shell/types.js';
import { sceneAt } from '../scene.js';
import { statesUpTo } from '../state.js';
import type { Place } from './types.js';

/** Packages of the distribution that its release has no more, or that are named in a version of their own. */
export function packageObstacle(place: Place): string | undefined {
  const { release } = place.build;
  const action = packageAction(place.command);
  if (release === undefined || action?.kind !== 'install' || action.manager !== managerOf(release)) return undefined;
  const elsewhere = addsRepositories(place);
  const names = action.operands.flatMap((word) => wordsOf(place, word));
  const gone = names.find((name) => release.lacks(plainName(name), elsewhere));
  if (gone !== undefined) return describeGone(release, plainName(gone));
  return oldTarget(action, release) ?? exactVersion(names, elsewhere) ?? withoutLists(place, action);
}

/** The library's images have no apt lists, and nothing before the command updates them, or may do so. */
function withoutLists(place: Place, { manager, operands }: PackageAction): string | undefined {
  const { image, context, state, step, command } = place;
  const [first] = operands;
  if (manager !== 'apt' || first === undefined || /[/$]/.test(first.text)) return undefined;
  if (state.stage.parent !== undefined) return undefined;
  const steps = state.steps.slice(0, state.steps.indexOf(step) + 1).filter(({ copy }) => copy === undefined);
  const isFirst = steps.every(({ script, instruction }) => {
    const scene = sceneAt(image, context, instruction);
    if (script === undefined || scene === undefined || instruction.flags.length > 0) return false;
    const [use] = usesIn(script, scene).keys();
    return use === undefined || use === command;
  });
  return isFirst ? `installs ${first.text} without an apt-get update before it, and the image has no lists` : undefined;
}

function describeGone(release: Release, name: string): string {
  const last = release.lastWith(name);
  return `installs ${name}, which ${release.title} no longer has${last === undefined ? '' : `: the last was ${last}`}`;
}

function managerOf({ distribution }: Release): PackageAction['manager'] {
  return distribution === 'alpine' ? 'apk' : 'apt';
}

/** The package of `nginx=1.10.3-1`, `libc6:i386`, `git/stretch-backports`. */
function plainName(word: string): string {
  return word.replace(/(?<=.)[=:/<>~].*/s, '');
}

/** `apt-get -t jessie-backports install` */
function oldTarget(action: PackageAction, release: Release): string | undefined {
  const target = action.option('-t', '--target-release', '--default-release');
  const named = target === undefined ? undefined : release.another(target);
  return named && `installs from ${named}`;
}

/** Debian and Alpine keep one version of a package in a release: an exact one is that of the release it was written for. */
function exactVersion(names: readonly string[], elsewhere: boolean): string | undefined {
  const exact = elsewhere ? undefined : names.find((name) => /^[^=<>~]+=[^=<>~*]+$/.test(name));
  return exact && `installs ${exact}, a version that only the release it was written for has`;
}

/** The words that an operand becomes: a variable may hold several. */
function wordsOf(place: Place, { text, value }: ShellWord): readonly string[] {
  if (value !== undefined) return [value];
  const [, name] = /^"?\$\{?(\w+)\}?"?$/.exec(text) ?? [];
  const held = name === undefined ? undefined : (assigned(place, name) ?? place.step.config.variables.get(name));
  return held === undefined ? [] : held.split(/\s+/).filter((word) => word !== '' && word !== '\\');
}

function assigned({ step }: Place, name: string): string | undefined {
  const all = step.script?.commands.flatMap(({ assignments }) => assignments) ?? [];
  return all.find((one) => one.name === name)?.value?.value;
}

const REPOSITORIES = /\/etc\/apt\/sources|\/etc\/apk\/repositories|nodesource|get\.docker\.com|packagecloud/;

/** Something up to the end of this stage adds package sources, or installs a package from a file. */
function addsRepositories({ image, state, command }: Place): boolean {
  if (/--repository|\s-X\s/.test(textOf(command))) return true;
  const steps = statesUpTo(image, state.stage).flatMap((one) => one.steps);
  return steps.some(({ script, instruction }) => {
    if (REPOSITORIES.test(script?.text ?? instruction.body.text)) return true;
    return script?.commands.some(addsOne) === true;
  });
}

function addsOne(command: Command): boolean {
  const program = programOf(command);
  if (program === undefined) return false;
  return /^(?:add-apt-repository|apt-add-repository|extrepo)$/.test(program.name);
}

function textOf({ args }: Command): string {
  return args.map(({ text }) => text).join(' ');
}
