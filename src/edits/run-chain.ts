/** Which RUNs can be joined to one, and in what form. */
import { mountsOf, type Mount } from '../dockerfile/mounts.js';
import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import { sameFlags } from '../dockerfile/words.js';
import { extendJoin, formOf, startJoin, type Join, type JoinForm, type JoinShell } from '../commands/join.js';
import { hasPosixShell } from '../image/platform.js';
import type { Config, ImageState } from '../image/types.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { startsWithAllexport, startsWithErrexit } from '../shell/options.js';
import { runScript } from '../shell/run.js';
import type { Script } from '../shell/types.js';

/** A RUN that can be joined to others: shell form under a POSIX shell, no heredoc. */
export interface ChainLink {
  readonly instruction: Instruction;
  readonly script: Script;
  /** Before the RUN. */
  readonly config: Config;
}

/** The link of a RUN, or why it can't be joined to another. */
export function chainLink(dockerfile: Dockerfile, image: ImageState, instruction: Instruction): ChainLink | Refusal {
  const config = image.stages[instruction.stageIndex]?.before(instruction);
  if (config === undefined) return unjoinable('it has no stage');
  if (!hasPosixShell(config)) return unjoinable('SHELL names a shell that joins commands differently');
  if (instruction.heredocs.length > 0) return unjoinable('it is written as a heredoc');
  if (instruction.json !== undefined) return unjoinable('it is in exec form, without a shell');
  if (mountsOf(instruction).some(isFreshMount)) return unjoinable('it mounts what each RUN gets anew');
  if (!isBash(config) && /&>/.test(instruction.body.text))
    return unjoinable('&> runs it in the background under /bin/sh');
  const found = runScript(dockerfile, instruction);
  return isRefusal(found) ? unjoinable(found.reason) : { instruction, script: found.script, config };
}

/** Whatever a RUN writes there is gone for the next one. */
function isFreshMount({ type, flag }: Mount): boolean {
  return type === 'tmpfs' || (type === 'bind' && /(?:^|,)(?:rw|readwrite)(?:=(?!false)|,|$)/i.test(flag.value ?? ''));
}

function isBash({ shell }: Config): boolean {
  return /(?:^|\/)bash$/.test(shell?.[0] ?? '');
}

function unjoinable(reason: string): Refusal {
  return refuse('not-joinable', reason);
}

/** RUNs that are joined so far. */
export interface RunChain {
  readonly links: ChainLink[];
  readonly join: Join;
}

export function startChain(link: ChainLink): RunChain {
  return { links: [link], join: startJoin(link.script) };
}

/** Takes one more RUN into the chain, or says why it can't be. */
export function extendChain({ links, join }: RunChain, next: ChainLink): Refusal | undefined {
  const refusal = sameFlags(links[0]?.instruction.flags ?? [], next.instruction.flags)
    ? extendJoin(join, next.script, shellOf(next))
    : refuse('flags-differ', 'their flags differ');
  if (refusal === undefined) links.push(next);
  return refusal;
}

export function chainForms({ links }: RunChain): readonly JoinForm[] {
  return links.map(({ script }) => formOf(script));
}

function shellOf({ instruction, config }: ChainLink): JoinShell {
  return {
    exported: (name) => isExported(instruction, config, name),
    errexit: startsWithErrexit(config.shell),
    directory: config.workdir,
  };
}

/** Undefined where the base image may set the variable. */
function isExported(instruction: Instruction, config: Config, name: string): boolean | undefined {
  const known =
    config.variables.has(name) ||
    SHELL_ENVIRONMENT.test(name) ||
    startsWithAllexport(config.shell) ||
    mountsOf(instruction).some(({ flag }) => flag.value?.split(',').includes(`env=${name}`) === true);
  return known || (config.envComplete ? false : undefined);
}

/** Variables that are in the environment of every shell, that a build may be given, or that change how a shell reads words. */
const SHELL_ENVIRONMENT =
  /^(?:PATH|HOME|HOSTNAME|SHLVL|IFS|USER|LANG|LC_\w+|PWD|SHELL|TERM|TMPDIR|LD_\w+|(?:https?|ftp|no|all)_proxy|(?:HTTPS?|FTP|NO|ALL)_PROXY)$/;
