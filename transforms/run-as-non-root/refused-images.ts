import { expandKnown } from '../../src/dockerfile/expand.js';
import { possibleParents, stagesUpTo } from '../../src/dockerfile/stages.js';
import type { Stage } from '../../src/dockerfile/types.js';
import { hasPosixShell, isWindows } from '../../src/image/platform.js';
import { parentPath } from '../../src/paths.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { configBefore, type FinalImage } from './final-image.js';
import { saysWhatToRun } from './start-command.js';

/** Far more than a person writes: the questions below look at every instruction for every path. */
const MAX_INSTRUCTIONS = 400;

/** Why an image keeps root whatever it starts, or can't be judged. */
export function refuseImage(image: FinalImage): Refusal | undefined {
  const { base, config, dockerfile, instructions, reference } = image;
  if (base?.distribution === 'windows' || isWindows(dockerfile))
    return refuse('windows', 'a Windows image: accounts work differently there');
  if (!hasPosixShell(config))
    return refuse('other-shell', 'SHELL names a shell that is no POSIX one: what its commands do is not known');
  if (base?.privilege === 'entrypoint-drops' || base?.privilege === 'workers-drop')
    return refuse('drops-privileges-itself', `\`${base.name}\` starts as root and drops its rights itself`);
  if (!saysWhatToRun(image))
    return refuse('not-an-application', 'the Dockerfile starts nothing: the image is a base for others');
  const varied = stagesUpTo(image.stage).find((stage) => hasOtherParent(image, stage));
  if (varied !== undefined)
    return refuse(
      'base-varies',
      `\`FROM ${varied.from.image}\` is a stage with another base image, directory or start command in other builds`,
    );
  if (base === undefined || base.privilege === undefined || (config.user ?? base.user) === undefined)
    return refuse(
      'base-image-unknown',
      `nothing is known of the base image \`${reference ?? image.stage.from.image}\`: its accounts, its entry point`,
    );
  if (base.privilege === 'needs-root') return refuse('needs-root', `\`${base.name}\` needs root`);
  const name = image.stage.from.name;
  if (
    name !== undefined &&
    /^(?:dev|develop|development|devel|debug|test|tests|testing|ci|lint)(?:$|[-_])|[-_]dev$/.test(name)
  )
    return refuse('development-image', `the last stage is \`${name}\`: not what is shipped`);
  if (instructions.some(({ keyword }) => keyword === 'USER'))
    return refuse('root-on-purpose', 'the Dockerfile switches to root itself');
  if (instructions.length > MAX_INSTRUCTIONS)
    return refuse('too-long', `the image is made by ${instructions.length} instructions: too many to judge them all`);
  if (instructions.some(({ keyword }) => keyword === 'ONBUILD'))
    return refuse(
      'onbuild',
      'the image is a base for others: its ONBUILD instructions run as the account that it ends with',
    );
  return benchmark(image) ?? unknownDirectory(image);
}

const BENCHMARK = /^bench(?:mark)?s?(?:[-_.]config)?\.(?:json|ya?ml|toml)$/;

/** The settings of a benchmark lie beside the Dockerfile. */
function benchmark({ context }: FinalImage): Refusal | undefined {
  const folders = new Set(['', parentPath(context?.dockerfile ?? '')]);
  const found = [...folders].flatMap((folder) => context?.list(folder) ?? []).find((name) => BENCHMARK.test(name));
  return found === undefined
    ? undefined
    : refuse('benchmark', `\`${found}\` lies beside it: what a benchmark measures is left as it is`);
}

/** In some build FROM names a stage for which another account, directory or start command may be right. */
function hasOtherParent({ dockerfile, stages, rootReference }: FinalImage, stage: Stage): boolean {
  const { parent } = stage;
  const lookOf = (one: Stage): string => {
    const { user, workdir, entrypoint, cmd } = stages[one.index]?.config ?? {};
    return JSON.stringify([rootReference(one), user, workdir, entrypoint, cmd]);
  };
  return parent !== undefined && possibleParents(dockerfile, stage).some((other) => lookOf(other) !== lookOf(parent));
}

/** A WORKDIR whose path is not known here can't be given to an account. */
function unknownDirectory(image: FinalImage): Refusal | undefined {
  const unknown = image.instructions.find(
    (instruction) =>
      instruction.keyword === 'WORKDIR' &&
      expandKnown(instruction.body.text, configBefore(image, instruction).variables.get, image.dockerfile.escape) ===
        undefined,
  );
  return (
    unknown &&
    refuse(
      'directory-unknown',
      `\`WORKDIR ${unknown.body.text}\`: which directory that is, is not known before the build`,
    )
  );
}
