/**
 * Gives the final stage of an application image that runs as root a USER: the base image's own account, one that the
 * Dockerfile makes and never uses, 65532 where there is no shell, or one created in the distribution's syntax. The account
 * takes over before the application's own steps: its directories are given to it while they are empty, and what is copied,
 * installed and built from then on is its own.
 *
 * Where the steps need root in between, or the sources of the application are not here to say where it writes, the account
 * takes over last, and only at the level unsafe.
 *
 * Refuses wherever root may be needed: servers and entry points that drop it themselves, start scripts that can't be
 * read, ports below 1024, volumes, files in root's home directory, programs that build or install at start, unknown base
 * images.
 *
 *     FROM node:22-alpine                      FROM node:22-alpine
 *     WORKDIR /app                             WORKDIR /app
 *     COPY package*.json ./                    RUN chown node:node /app
 *     RUN npm ci                          →    USER node
 *     COPY . .                                 COPY --chown=node:node package*.json ./
 *     CMD ["node", "server.js"]                RUN npm ci
 *                                              COPY --chown=node:node . .
 *                                              CMD ["node", "server.js"]
 */
import type { Instruction } from '../../src/dockerfile/types.js';
import { expandKnown } from '../../src/dockerfile/expand.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Finding } from '../../src/engine/types.js';
import { isRoot } from '../../src/image/account.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import type { AccountStyle } from './account.js';
import { chooseAccount } from './choose-account.js';
import { isMadeAfter } from './made-account.js';
import { execNeeds, hostRights, mountedByCompose } from './compose.js';
import { planEarly } from './early-plan.js';
import { configBefore, finalImageOf, type FinalImage } from './final-image.js';
import { withFoldersElsewhere } from './folders-elsewhere.js';
import { planOwnership } from './ownership.js';
import { privilegedPort } from './ports.js';
import { refuseImage } from './refused-images.js';
import { NEEDS_ROOT } from './refused-programs.js';
import { rootHome } from './root-home.js';
import { rootNeeds } from './root-needs.js';
import { judgeStart } from './start.js';
import { earlyEdits, lateEdits, type Plan } from './user-edits.js';
import { scriptWrites, writesOutside } from './written-paths.js';

export const runAsNonRoot = defineTransform({
  name: 'run-as-non-root',
  group: 'runtime',
  summary: 'Run the application as an account other than root, with the ownership that it needs.',
  level: 'guarded',
  covers: ['hadolint/DL3002', 'hadolint/DL3066', 'trivy/DS-0002', 'checkov/CKV_DOCKER_3'],
  mayChange: ['user', 'commands', 'files'],
  options: {
    style: {
      type: 'string',
      default: 'name',
      values: ['name', 'id'],
      description: 'name: the name of the account; id: its numbers, so that Kubernetes can check runAsNonRoot',
    },
  },
  docs: `Gives the final stage of an application image that runs as root a USER: the base image's own account (\`node\`,
\`www-data\`, \`app\`), one that the Dockerfile makes and never uses, 65532 on scratch and the account of distroless images, or a new one in the
distribution's syntax. It takes over after the last step that needs root, and before the application's own: its working directories
are given to it while they are empty, COPY gets \`--chown\`, and installs and builds run as it. A wrong guess then fails in the build.

That takes the sources of the application, which say where it writes, and steps that are understood. Where they are not, the account
can only take over last, after all was made as root; this may stop an application that writes what root made, so it is unsafe.

Left alone: images whose entry point or server drops root itself; programs that need root; start scripts that can't be
read; ports below 1024; volumes; programs that build or install at start; anything in root's home directory; unknown base
images; images that start no application.`,
  *find(input): Iterable<Finding> {
    const image = finalImageOf(input);
    if (image === undefined || !runsAsRoot(image)) return;
    const plan = planFor(image, input.options.style);
    if (isRefusal(plan)) yield leaveAlone(plan.code, plan.reason, placeOf(image));
    else yield change(plan.message, placeOf(image), plan.edits, [], plan.level);
  },
});

/** What the sources say for certain: the account could not do it, whenever it takes over. */
const CERTAIN = new Set(['writes-outside', ...NEEDS_ROOT]);

/** The last CMD or ENTRYPOINT of the stage, or its FROM. */
function placeOf({ stage }: FinalImage): Instruction {
  const start = stage.instructions.findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  return start ?? stage.instructions[0] ?? raise();
}

function raise(): never {
  throw new RangeError('a stage has a FROM');
}

/** One that only the base image or the build knows, as `$APP_UID`, is not taken for root, but that of an unknown base image is. */
function runsAsRoot(image: FinalImage): boolean {
  const { config, base, instructions, dockerfile } = image;
  const stated = instructions.findLast(({ keyword }) => keyword === 'USER');
  if (stated === undefined) return isRoot(base?.user ?? config.user ?? 'root');
  const { variables } = configBefore(image, stated);
  const user = expandKnown(stated.body.text, variables.get, dockerfile.escape);
  return user !== undefined && isRoot(config.user ?? user);
}

function planFor(image: FinalImage, style: AccountStyle): Plan | Refusal {
  const refusal = refuseImage(image);
  if (refusal !== undefined) return refusal;
  const start = judgeStart(image);
  if (isRefusal(start)) return start;
  const account = chooseAccount(image, start.runtime, style);
  if (isRefusal(account)) return account;
  const needs =
    privilegedPort(image, start.programs) ??
    rootHome(image, start.programs) ??
    rootNeeds(image, start.programs) ??
    hostRights(image) ??
    execNeeds(image) ??
    scriptWrites(image, start);
  if (needs !== undefined) return needs;
  const early = mountedByCompose(image) ?? planEarly(image, start, account);
  if (!isRefusal(early)) {
    const given = { copies: [], directories: early.directories, tree: undefined, within: undefined, missing: [] };
    return writesOutside(image, start, given) ?? earlyEdits(image, account, early);
  }
  if (CERTAIN.has(early.code)) return early;
  if (start.syncs)
    return refuse('builds-at-start', `\`uv run\` changes an environment that root has made, since ${early.reason}`);
  // Made last, its name is not there yet where files are copied.
  const last = account.commands.length > 0 ? chooseAccount(image, start.runtime, 'id') : account;
  if (isRefusal(last)) return last;
  const planned = planOwnership(image, start, last.commands.length > 0);
  if (isRefusal(planned)) return planned;
  const ownership = withFoldersElsewhere(image, last, planned);
  if (isRefusal(ownership)) return ownership;
  if (isMadeAfter(image, last, ownership.copies))
    return refuse('account-made-late', 'the account is made after files are copied that it would have to own');
  return writesOutside(image, start, ownership) ?? lateEdits(image, last, ownership, early);
}
