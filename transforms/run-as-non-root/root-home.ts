import { optionValue, readArguments, textOf, valueOf, type Word } from '../../src/commands/arguments.js';
import { isIn } from '../../src/commands/catalogue/index.js';
import { programOf, type Program as Called } from '../../src/commands/program.js';
import type { Command } from '../../src/shell/types.js';
import { copiedFiles } from './copied-files.js';
import { FETCHES_MODEL, homeContents } from './home-contents.js';
import { runCommands } from './installed-programs.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Program } from './start-command.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import { isWithin } from '../../src/paths.js';

const HOME = /(?:^|[\s=:"'(/])(?:\/root(?:\/|$|[\s:"'])|~\/|\$HOME\b|\$\{HOME\})|^~$/;

/** Something that the application needs lies in root's home directory, which no other account may enter. */
export function rootHome(image: FinalImage, programs: readonly Program[]): Refusal | undefined {
  const place =
    homeDirectory(image) ??
    homeVariable(image) ??
    homeCopy(image) ??
    runCommands(image).map(homeCommand).find(isString) ??
    homeArgument(programs);
  if (place !== undefined) return refuse('root-home', `${place}: root's home directory is closed to other accounts`);
  const fetched = homeContents(image);
  if (fetched !== undefined)
    return refuse('root-home', `${fetched}: a container whose home is another one no longer finds it`);
  const tool = programs.map(({ name }) => name).find((name) => name === 'pnpm' || name === 'yarn');
  const corepack = runCommands(image).some(({ name }) => name?.text === 'corepack');
  return tool !== undefined && corepack && !image.config.env.has('COREPACK_HOME')
    ? refuse('root-home', `\`${tool}\` comes from corepack, which keeps it in root's home directory`)
    : undefined;
}

function isString(value: string | undefined): value is string {
  return value !== undefined;
}

function homeDirectory(image: FinalImage): string | undefined {
  const directory = workingDirectory(image);
  return isWithin('/root', directory) || directory.includes('~')
    ? `the working directory is \`${directory}\``
    : undefined;
}

function homeVariable(image: FinalImage): string | undefined {
  const found = [...image.config.env.entries()].find(([, value]) => HOME.test(value));
  return found === undefined ? undefined : `\`${found[0]}\` points to \`/root\``;
}

function homeCopy(image: FinalImage): string | undefined {
  const copied = copiedFiles(image).find(({ destination }) => isWithin('/root', destination));
  return copied && `files are copied to \`${copied.destination}\``;
}

function homeArgument(programs: readonly Program[]): string | undefined {
  const found = programs.find(({ path, args }) => [path, ...args].some((word) => HOME.test(word)));
  return found === undefined ? undefined : `\`${found.name}\` is started with a path in \`/root\``;
}

/** The command keeps what it installs in the home directory of whoever runs it. */
function installsIntoHome<W extends Word>(program: Called<W> | undefined): boolean {
  if (program?.row === undefined) return false;
  const { row, args } = program;
  const words = args.map(textOf);
  if (words.some((word) => /^--user(?:-install)?$/.test(word)) && row.brings !== undefined) return true;
  if (words.includes('tool') && words.some((word) => word === '-g' || word === '--global')) return true;
  // `npx playwright@1.49 install`, `python -m playwright install`
  const { options, operands } = readArguments(words, row, row.ending !== undefined);
  const module = optionValue({ options }, '-m');
  if (module !== undefined) return installsIntoHome(programOf([module, ...operands]));
  if (row.manager === undefined && row.home === undefined && row.language === 'node')
    return installsIntoHome(programOf(operands.map((word) => withoutVersion(word))));
  return row.home !== undefined && !words.includes('--system') && isListed(row.home, operands[0]);
}

/** `playwright` of `playwright@1.49`, `@scope/tool` of `@scope/tool@2`. */
function withoutVersion(word: string): string {
  const at = word.indexOf('@', Math.max(1, word.lastIndexOf('/')));
  return at < 0 ? word : word.slice(0, at);
}

/** `mix local.hex` is one of `local`. */
function isListed(subcommands: readonly string[], given = ''): boolean {
  return subcommands.length === 0 || subcommands.some((one) => given === one || given.startsWith(`${one}.`));
}

function homeCommand(command: Command): string | undefined {
  const program = programOf(command);
  const words = [program?.name ?? command.name?.text ?? '', ...(program?.args ?? command.args).map(valueOf)];
  const start = `\`${words.slice(0, 3).join(' ')}\``;
  if (installsIntoHome(program) || FETCHES_MODEL.test(words.join(' ')))
    return `${start} installs into the home directory`;
  const texts = [...command.args.map(textOf), ...command.redirections.map(({ target }) => target ?? '')];
  const found = isIn(program?.row, 'adds-no-file') ? undefined : texts.find((text) => HOME.test(text));
  return found === undefined ? undefined : `a RUN puts files into \`${found}\``;
}
