import { shippedStages } from '../../src/dockerfile/stages.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { changeAlike } from '../../src/engine/change-alike.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Finding, Input } from '../../src/engine/types.js';
import { hasPosixShell } from '../../src/image/platform.js';
import { packageAction } from '../../src/commands/packages.js';
import type { Script } from '../../src/shell/types.js';
import { runScript } from '../../src/shell/run.js';
import { isRefusal } from '../../src/refusal.js';
import { setupScripts } from '../../src/commands/setup-scripts.js';
import { refuseCleanup } from './cleanup-refusals.js';
import { refuseFlag } from './flag-refusals.js';
import { apkFlag, pipFlag } from './cache-flags.js';
import { keptCache } from './kept-caches.js';
import type { Users } from './later-installs.js';
import { removerOf } from './removed-programs.js';
import { placeCleanups, type Cleanup } from './cleanup-places.js';
import { ALL_FINDINGS, findingsOf } from './covered-findings.js';
import { CLEANUP_TOOLS, isCleaned, isMounted, type Around, type Installer } from './cleanup-tools.js';

/**
 * Empties a package manager's cache in the RUN that filled it: later, the layer would carry it all the same.
 *
 *     RUN apt-get update && apt-get install -y git
 *     →  RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
 */
export const removePackageCaches = defineTransform({
  name: 'remove-package-caches',
  group: 'packages',
  summary: 'Empty package caches in the RUN that fills them.',
  level: 'safe',
  covers: ALL_FINDINGS,
  mayChange: ['caches'],
  options: {
    stages: {
      type: 'string',
      default: 'final',
      values: ['final', 'all'],
      description: 'final: the stages that ship; all: every stage',
    },
  },
  docs: `Empties a package manager's cache in the RUN that fills it, in the RUN's own style: apt lists, yum, dnf, microdnf, zypper, npm, yarn 1,
composer and conda by a last command that runs only when everything before it succeeded, so that the RUN's exit status stays; apk
by --no-cache (which makes apk update and --update needless) and pip by --no-cache-dir. In a RUN of several lines the apt lists go
beside the last command that works with them, unless other cleanups end it. Where the RUN takes the program away that
empties the cache, the cleanup comes before that.

Refuses: apt lists that something later uses without its own update, or may use: a RUN of the stage, of a stage built FROM it or an
ONBUILD, and what the image starts, each read through shells, wrappers, scripts, make targets and package scripts; a program that
can't be read and of which nothing is known keeps them, too; a RUN that only updates them. Caches of npm, yarn, pip, composer and
conda that something later installs from: offline, without network, or when the container starts; in a folder of the author's choice, a mount that may be
the cache, or of another account; options that the version in the image does not know. A user who is not root; a last command that
runs in the background; yarn whose version is not known. What a cache mount covers, or is
emptied in any spelling, is no finding; neither are stages whose files never leave.`,
  *find(input) {
    const { dockerfile, options } = input;
    const stages = options.stages === 'all' ? dockerfile.stages : shippedStages(dockerfile);
    const runs = stages.flatMap((stage) => stage.instructions.filter(({ keyword }) => keyword === 'RUN'));
    yield* changeAlike(dockerfile, runs, (run) => cleanRun(input, run));
  },
});

function* cleanRun(input: Input, instruction: Instruction): Generator<Finding> {
  const config = input.image.stages[instruction.stageIndex]?.before(instruction);
  if (config === undefined || !hasPosixShell(config)) return;
  const run = runScript(input.dockerfile, instruction);
  if (isRefusal(run)) return;
  const { commands } = run.script;
  const installers = installersOf(run.script);
  if (installers.length === 0) return;
  const { dockerfile, image, facts } = input;
  const around: Around = { instruction, config, context: facts.context, commands };
  const users: Users = { dockerfile, image, context: facts.context, composeServices: facts.composeServices };
  for (const { cache, fix } of [
    { cache: 'apk', fix: apkFlag(input.dockerfile, run, installers, around) },
    { cache: 'pip', fix: pipFlag(run, installers, around) },
  ]) {
    const refusal = fix && (refuseFlag(users, cache, around) ?? keptCache(users, cache, installers, around));
    if (refusal !== undefined)
      yield leaveAlone(
        refusal.code,
        `the ${cache} cache of the RUN on line ${instruction.startLine} stays: ${refusal.reason}`,
        instruction,
      );
    else if (fix !== undefined) yield { ...change(fix.message, instruction, fix.edits), covers: findingsOf([cache]) };
  }
  yield* appendCleanups(users, installers, around);
}

function installersOf(script: Script): readonly Installer[] {
  const known = script.commands.flatMap((command): Installer[] => {
    const action = packageAction(command);
    return action === undefined ? [] : [{ command, action }];
  });
  return [...known, ...setupScripts(script)];
}

function* appendCleanups(users: Users, installers: readonly Installer[], around: Around): Generator<Finding> {
  const { instruction } = around;
  const cleanups: Cleanup[] = [];
  for (const tool of CLEANUP_TOOLS) {
    const filling = installers.filter((installer) => tool.fills(installer));
    if (filling.length === 0 || isCleaned(tool, filling, around.commands) || isMounted(tool.cache, instruction))
      continue;
    const refusal = refuseCleanup(users, tool, filling, around);
    const found = refusal ?? tool.cleanup(filling, around);
    if (!isRefusal(found))
      cleanups.push({ ...found, tool: tool.name, before: removerOf(tool.programs, filling, around.commands) });
    else
      yield leaveAlone(
        found.code,
        `the ${tool.cache} cache of the RUN on line ${instruction.startLine} stays: ${found.reason}`,
        instruction,
      );
  }
  if (cleanups.length === 0) return;
  const edits = placeCleanups(users, around, cleanups);
  if (isRefusal(edits))
    yield leaveAlone(
      edits.code,
      `the RUN on line ${instruction.startLine} stays as it is: ${edits.reason}`,
      instruction,
    );
  else {
    const commands = cleanups.map(({ command }) => command).join(', ');
    const message = `Empty package caches in the layer that fills them: ${commands}`;
    yield { ...change(message, instruction, edits), covers: findingsOf(cleanups.map(({ tool }) => tool)) };
  }
}
