import type { Instruction } from '../../src/dockerfile/types.js';
import type { Step } from '../../src/image/types.js';
import { copiedFiles, isDirectory, readCopy, type Copied } from './copied-files.js';
import { isGivable, madeDirectories } from './made-directories.js';
import { baseName, isInside, isOwnDirectory, resolvePath } from './paths.js';
import { refuse, type Refusal } from './refusal.js';
import { workingDirectory, type Subject } from './subject.js';
import type { Start } from './what-runs.js';

/** What the account is given, so that the application can still write where it wrote as root. */
export interface Ownership {
  /** COPY and ADD instructions that get `--chown`. */
  readonly copies: readonly Instruction[];
  /** Directories that are given away alone. */
  readonly directories: readonly string[];
  /** A directory that is given away with all it holds. */
  readonly tree: string | undefined;
  /** The RUN that fills the tree: giving it away there keeps the layers from holding it twice. */
  readonly within: Instruction | undefined;
}

export function planOwnership(subject: Subject, start: Start, createsAccount: boolean): Ownership | Refusal {
  const directory = workingDirectory(subject);
  const own = isGivable(directory);
  const made = madeDirectories(subject).filter((path) => path !== directory);
  if (!start.runtime.writes) {
    const directories = own && (createsAccount || made.length > 0) ? [directory, ...made] : made;
    return { copies: [], directories, tree: undefined, within: undefined };
  }
  const late = lateCopies(subject);
  const copies = late.filter((instruction) => isGiven(subject, instruction, directory));
  if (!own)
    return spills(subject)
      ? refuse('no-own-directory', `the application lies in \`${directory}\`, which an account can't be given`)
      : { copies, directories: made, tree: undefined, within: undefined };
  if (!earlyTree(subject, directory, new Set(late))) {
    const modules =
      start.unreadScript && subject.state.steps.some(installsModules) ? [`${directory}/node_modules`] : [];
    return { copies, directories: [directory, ...made, ...modules], tree: undefined, within: undefined };
  }
  return treePlan(subject, directory, { copies, directories: made.filter((path) => !isInside(directory, path)) });
}

/** The sources were copied before a command ran that could notice their owner: the whole directory is given away. */
function treePlan(
  subject: Subject,
  directory: string,
  rest: Pick<Ownership, 'copies' | 'directories'>,
): Ownership | Refusal {
  const fillers = subject.state.steps.filter((step) => step.kind === 'run' && fillsDirectory(step));
  const [filler] = fillers;
  if (filler === undefined) return { ...rest, tree: directory, within: undefined };
  if (fillers.length === 1 && isPlainList(filler) && filler.config.workdir === directory)
    return { ...rest, tree: directory, within: filler.instruction };
  return refuse(
    'ownership-costly',
    `\`${directory}\` is filled by several steps: to give it to an account, the image would have to hold it twice`,
  );
}

/** Files are copied right into a directory of the system. */
function spills(subject: Subject): boolean {
  return copiedFiles(subject).some(
    (copied) =>
      !isOwnDirectory(copied.destination) &&
      copied.from !== 'network' &&
      copied.sources.some((source) => isDirectory(subject, copied, source)),
  );
}

/** Commands that can't notice who owns the files of the application. */
const BLIND =
  /^(?:mkdir|chmod|chown|chgrp|ln|rm|touch|echo|apt-get|apt|apk|yum|dnf|useradd|adduser|groupadd|addgroup|usermod|true|set)$/;

/** COPY and ADD of the stage behind which no command runs that could notice the owner: git and npm look at it. */
function lateCopies(subject: Subject): readonly Instruction[] {
  const steps = subject.state.steps;
  const last = steps.findLastIndex(({ kind, script }) => {
    const blind = script?.commands.every(({ name }) => name !== undefined && BLIND.test(baseName(name.text))) ?? false;
    return kind === 'run' && !blind;
  });
  return steps.slice(last + 1).flatMap(({ kind, instruction }) => (kind === 'run' ? [] : [instruction]));
}

const DEPENDENCIES = /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.?venv|vendor)$/;
const ONE_FILE =
  /^(?:package.*\.json|.*-lock\.json|.*\.lockb?|\.npmrc|\.yarnrc.*|requirements.*|Pipfile.*|Gemfile.*|.*\.gemspec|composer\.\w+|[\w.*-]+\.(?:sh|jar|war|conf|cfg|ini|toml|ya?ml|py|[cm]?[jt]s|rb|php|pl|R|txt|md|lock|sha\d+))$/;

/** Brings along something that the application may write to: a directory or a data file, not a source or a manifest. */
function isGiven(subject: Subject, instruction: Instruction, directory: string): boolean {
  const copied = readCopy(subject, instruction);
  if (copied === undefined || copied.from === 'network' || hasOwner(instruction)) return false;
  const inside = isOwnDirectory(directory) && isInside(directory, copied.destination);
  if ((!inside && !isOwnDirectory(copied.destination)) || DEPENDENCIES.test(copied.destination)) return false;
  return copied.sources.some((source) => holdsData(subject, copied, source));
}

function hasOwner({ flags }: Instruction): boolean {
  return flags.some(({ name }) => name === 'chown');
}

function holdsData(subject: Subject, copied: Copied, source: string): boolean {
  const name = baseName(source.replace(/\/$/, ''));
  if (DEPENDENCIES.test(source.replace(/\/$/, '')) || ONE_FILE.test(name)) return false;
  if (isDirectory(subject, copied, source)) return true;
  const known = copied.from === 'context' ? subject.context?.exists(resolvePath('/', source).slice(1)) : undefined;
  return known === 'file' ? /\.(?:db|sqlite\d?|json|csv|rdb)$/.test(name) : true;
}

function earlyTree(subject: Subject, directory: string, late: ReadonlySet<Instruction>): boolean {
  return copiedFiles(subject).some(
    (copied) =>
      !late.has(copied.instruction) &&
      !hasOwner(copied.instruction) &&
      isInside(directory, copied.destination) &&
      copied.sources.some((source) => isDirectory(subject, copied, source)),
  );
}

const FILLERS =
  /^(?:npm|yarn|pnpm|bun|npx|composer|bower|go|cargo|make|cmake|mvnw?|gradlew?|uv|next|ng|webpack|vite|tsc|gulp|grunt)(?: |$)|--path|--deployment|-m venv|^virtualenv/;

/** Puts dependencies or build output into the working directory. */
function fillsDirectory({ script, instruction }: Step): boolean {
  if (script === undefined) return FILLERS.test((instruction.json ?? []).join(' ')) || instruction.heredocs.length > 0;
  return script.commands.some((command) => {
    const line = [baseName(command.name?.text ?? ''), ...command.args.map(({ text }) => text)].join(' ');
    return (
      FILLERS.test(line) &&
      !/^(?:npm|yarn|pnpm)\b.*(?: -g\b| --global\b| global )|^(?:npm|yarn) (?:config|cache)/.test(line)
    );
  });
}

function installsModules({ script }: Step): boolean {
  return script?.commands.some(isModuleInstall) ?? false;
}

function isModuleInstall({
  name,
  args,
}: {
  name: { text: string } | undefined;
  args: readonly { text: string }[];
}): boolean {
  if (!/^(?:npm|yarn|pnpm)$/.test(name?.text ?? '') || args.some(({ text }) => /^(?:-g|--global|global)$/.test(text)))
    return false;
  return args.length === 0 || args.some(({ text }) => /^(?:install|i|ci)$/.test(text));
}

/** One list of commands joined by `&&`, to which another one can be added. */
function isPlainList({ script, instruction }: Step): boolean {
  const [statement] = script?.statements ?? [];
  if (
    script === undefined ||
    statement === undefined ||
    script.statements.length !== 1 ||
    instruction.heredocs.length > 0
  )
    return false;
  const { operators, background } = statement;
  const leaves = script.commands.some(
    ({ name }) => name === undefined || /^(?:exit|exec|cd|return|set)$/.test(name.text),
  );
  return !background && operators.every((operator) => operator === '&&') && !leaves && !script.text.includes('#');
}
