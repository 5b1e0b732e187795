/** `docker build` and its kin in shell text: which folder they send, and which Dockerfile they read. */
import { splitCommands } from './shell-words.js';

export interface BuildCommand {
  readonly context: string;
  /** Relative to where the command runs; undefined: `Dockerfile` in the context. */
  readonly dockerfile: string | undefined;
  /** Folders that were changed into before it, in order, as written. */
  readonly folders: readonly string[];
  /** 1-based, in the text. */
  readonly line: number;
}

/** @param apart each line starts anew, as in a Makefile; else a `cd` holds for the lines below it */
export function readBuildCommands(text: string, apart = false): readonly BuildCommand[] {
  if (!BUILDS.test(text)) return [];
  const found: BuildCommand[] = [];
  let folders: readonly string[] = [];
  for (const { line, code } of logicalLines(text)) {
    const before = folders;
    for (const words of splitCommands(code)) {
      const [program, target] = words;
      if ((program === 'cd' || program === 'pushd') && target !== undefined) folders = [...folders, target];
      const build = readBuild(words);
      if (build !== undefined) found.push({ ...build, folders, line });
    }
    if (apart || /^\s*\(/.test(code)) folders = before;
  }
  return found;
}

/** Names that builds give: to the image (`-t`), and to a context (`--build-context node=…`). */
export function readBuiltNames(text: string): readonly string[] {
  if (!BUILDS.test(text)) return [];
  const commands = logicalLines(text).flatMap(({ code }) => splitCommands(code));
  const options = commands.flatMap((words) => readInvocation(words)?.options ?? []);
  return options.flatMap(([name, value]) => {
    if (name === '--build-context') return value.split('=', 1);
    return NAMES_IMAGE.has(name) ? [value] : [];
  });
}

const NAMES_IMAGE = new Set(['-t', '--tag', '--image', '--destination', '-d']);

const BUILDS = /\b(?:docker|podman|nerdctl|buildah|acr|kaniko|executor)\b/i;

interface LogicalLine {
  readonly line: number;
  readonly code: string;
}

/** Lines that end in a backslash go on in the next. */
function logicalLines(text: string): readonly LogicalLine[] {
  const found: LogicalLine[] = [];
  let open: LogicalLine | undefined;
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const goesOn = /\\\s*$/.test(written);
    const code = (open?.code ?? '') + (goesOn ? written.replace(/\\\s*$/, ' ') : written);
    const line: LogicalLine = { line: open?.line ?? index + 1, code };
    if (!goesOn) found.push(line);
    open = goesOn ? line : undefined;
  }
  return open === undefined ? found : [...found, open];
}

/** Options of `docker build` and its kin without a value; all others have one. */
const SWITCHES =
  /^(?:-[qD]+|--(?:no-cache|pull|push|load|quiet|rm|force-rm|no-rm|squash|squash-all|compress|debug|check|layers|no-logs|no-push|no-wait|cleanup|reproducible|single-snapshot|tls-verify|disable-content-trust))$/;

function readBuild(words: readonly string[]): Pick<BuildCommand, 'context' | 'dockerfile'> | undefined {
  const build = readInvocation(words);
  if (build === undefined) return undefined;
  const options = new Map(build.options);
  const context = build.kaniko ? (options.get('--context') ?? options.get('-c')) : build.plain.at(-1);
  const dockerfile = options.get('-f') ?? options.get('--file') ?? options.get('--dockerfile');
  return context === undefined || isElsewhere(context)
    ? undefined
    : { context: context.replace(/^dir:\/\//, ''), dockerfile };
}

interface Invocation {
  readonly kaniko: boolean;
  /** In the order given. */
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly plain: readonly string[];
}

function readInvocation(words: readonly string[]): Invocation | undefined {
  const at = words.findIndex((word) =>
    /(?:^|[/@-])(?:docker|podman|nerdctl|buildah|az)$|\/executor$|^\$\{?\(?(?:DOCKER|CONTAINER|PODMAN)\w*[})]?$/i.test(
      word,
    ),
  );
  if (at < 0) return undefined;
  const rest = words.slice(at + 1);
  const kaniko = /\/executor$/.test(words[at] ?? '');
  const verb = kaniko ? 0 : rest.findIndex((word) => word === 'build' || word === 'bud') + 1;
  if (
    !kaniko &&
    (verb === 0 || rest.slice(0, verb - 1).some((word) => !/^(?:buildx|image|acr|builder|-.*)$/.test(word)))
  )
    return undefined;
  return { kaniko, ...readArguments(rest.slice(verb)) };
}

function readArguments(words: readonly string[]): Pick<Invocation, 'options' | 'plain'> {
  const options: (readonly [string, string])[] = [];
  const plain: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const joined = /^(--[\w-]+)=(.*)$/s.exec(word) ?? /^(-[ft])(.+)$/s.exec(word);
    if (joined !== null) options.push([joined[1] ?? '', joined[2] ?? '']);
    else if (!word.startsWith('-') || word === '-') plain.push(word);
    else if (!SWITCHES.test(word)) options.push([word, words[++index] ?? '']);
  }
  return { options, plain };
}

/** Standard input, or a repository. */
function isElsewhere(context: string): boolean {
  return context === '-' || /^(?!dir:)[\w+.-]+:\/\/|^git@/.test(context);
}
