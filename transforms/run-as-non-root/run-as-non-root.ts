/**
 * Gives the final stage of an application image that runs as root a USER: the base image's own account, one that the
 * Dockerfile makes and never uses, 65532 where there is no shell, or one created in the distribution's syntax. The
 * account gets what the application writes: the working directory and what is copied into it.
 *
 * Refuses wherever root may be needed: servers and entry points that drop it themselves, start scripts that can't be
 * read, ports below 1024, volumes, files in root's home directory, programs that build or install at start, unknown base
 * images.
 *
 *     FROM node:22-alpine                      FROM node:22-alpine
 *     WORKDIR /app                             WORKDIR /app
 *     COPY package*.json ./                    COPY package*.json ./
 *     RUN npm ci                          →    RUN npm ci
 *     COPY . .                                 COPY --chown=1000:1000 . .
 *     CMD ["node", "server.js"]                RUN chown 1000:1000 /app
 *                                              USER 1000:1000
 *                                              CMD ["node", "server.js"]
 */
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import { setFlag } from '../../src/edits/instruction-words.js';
import { newInstruction, newRun } from '../../src/edits/new-instruction.js';
import { insertBeforeStart } from '../../src/edits/placement.js';
import { appendCommands } from '../../src/edits/run-append.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Finding, Input } from '../../src/engine/types.js';
import { isRoot } from '../../src/image/account.js';
import { isRefusal, type Refusal } from '../../src/refusal.js';
import { chooseAccount, type ChosenAccount } from './accounts.js';
import { finalImageOf, type FinalImage } from './final-image.js';
import { planOwnership, type Ownership } from './ownership.js';
import { privilegedPort } from './ports.js';
import { refuseImage } from './refused-images.js';
import { rootHome } from './root-home.js';
import { rootNeeds } from './root-needs.js';
import { judgeStart } from './start.js';
import { scriptWrites, writesOutside } from './written-paths.js';

export const runAsNonRoot = defineTransform({
  name: 'run-as-non-root',
  group: 'runtime',
  summary: 'Run the application as an account other than root, with the ownership that it needs.',
  level: 'guarded',
  covers: ['hadolint/DL3002', 'hadolint/DL3066', 'trivy/DS-0002', 'checkov/CKV_DOCKER_3'],
  mayChange: ['user', 'commands', 'files'],
  docs: `Gives the final stage of an application image that runs as root a USER, right before CMD or ENTRYPOINT: the base
image's own account (\`node\`, \`www-data\`, \`app\`), one that the Dockerfile makes and never uses, 65532 on scratch and
distroless images, or a new one in the distribution's syntax. The numbers are written, not the names, so that Kubernetes
can check runAsNonRoot. The account owns the working directory and what is copied into it.

Left alone: images whose entry point or server drops root itself; programs that need root; start scripts that can't be
read; ports below 1024; volumes; programs that build or install at start; anything in root's home directory; unknown base
images; images that start no application.`,
  *find(input: Input): Iterable<Finding> {
    const image = finalImageOf(input);
    if (image === undefined || !runsAsRoot(image)) return;
    const plan = planFor(image);
    if (isRefusal(plan)) yield leaveAlone(plan.code, plan.reason, placeOf(image));
    else yield change(plan.message, placeOf(image), plan.edits);
  },
});

/** Instructions that work with the account in force, or may undo a USER before them. */
const WORKS_AS_ROOT = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR', 'VOLUME', 'USER', 'SHELL']);

interface Plan {
  readonly message: string;
  readonly edits: readonly Edit[];
}

/** The last CMD or ENTRYPOINT of the stage, or its FROM. */
function placeOf({ stage }: FinalImage): Instruction {
  const start = stage.instructions.findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  return start ?? stage.instructions[0] ?? raise();
}

function raise(): never {
  throw new RangeError('a stage has a FROM');
}

/** A user that is not known counts as root only when the base image itself is unknown: the finding then says so. */
function runsAsRoot({ config, base, instructions }: FinalImage): boolean {
  const stated = instructions.some(({ keyword }) => keyword === 'USER');
  const user = (stated ? config.user : (base?.user ?? config.user)) ?? 'root';
  return isRoot(user);
}

function planFor(image: FinalImage): Plan | Refusal {
  const refusal = refuseImage(image);
  if (refusal !== undefined) return refusal;
  const start = judgeStart(image);
  if (isRefusal(start)) return start;
  const account = chooseAccount(image, start.runtime);
  if (isRefusal(account)) return account;
  const ownership = planOwnership(image, start, account.commands.length > 0);
  if (isRefusal(ownership)) return ownership;
  const needs =
    privilegedPort(image, start.programs) ??
    rootHome(image, start.programs) ??
    rootNeeds(image, start.programs) ??
    scriptWrites(image, start) ??
    writesOutside(image, start, ownership);
  return needs ?? editsFor(image, account, ownership);
}

function editsFor(image: FinalImage, account: ChosenAccount, ownership: Ownership): Plan {
  const { dockerfile } = image;
  const commands = [...account.commands, ...(account.shell ? chownCommands(account, ownership) : [])];
  const run = commands.length === 0 ? [] : [newRun(dockerfile, commands)];
  const user = [newInstruction(dockerfile, 'USER', account.owner)];
  const copies = ownership.copies.map((instruction) => setFlag(instruction, 'chown', account.owner));
  return {
    message: `Run as ${account.described} (${account.owner}) instead of root`,
    edits: [
      ...copies,
      ...treeEdit(dockerfile, account, ownership),
      insertBeforeStart(dockerfile, image.stage, [...run, user], WORKS_AS_ROOT),
    ],
  };
}

function chownCommands({ owner }: ChosenAccount, { directories, tree, within }: Ownership): readonly string[] {
  const modules = directories.filter((path) => path.endsWith('/node_modules'));
  return [
    ...(modules.length > 0 ? [`mkdir -p ${modules.join(' ')}`] : []),
    ...(tree !== undefined && within === undefined ? [`chown -R ${owner} ${tree}`] : []),
    ...(directories.length > 0 ? [`chown ${owner} ${directories.join(' ')}`] : []),
  ];
}

/** The tree is given away by the RUN that fills it. */
function treeEdit(dockerfile: Dockerfile, { owner }: ChosenAccount, { tree, within }: Ownership): readonly Edit[] {
  return tree === undefined || within === undefined
    ? []
    : [appendCommands(dockerfile, within, [`chown -R ${owner} ${tree}`])];
}
