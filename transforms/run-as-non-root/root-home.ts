import type { Command } from '../../src/shell/types.js';
import { readCopy } from '../../src/image/copies.js';
import { runCommands } from './installed-programs.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Program } from './start-command.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import { baseName, isWithin } from '../../src/paths.js';

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
  for (const instruction of image.instructions) {
    const copied = readCopy(image, instruction);
    if (copied !== undefined && isWithin('/root', copied.destination))
      return `files are copied to \`${copied.destination}\``;
  }
  return undefined;
}

function homeArgument(programs: readonly Program[]): string | undefined {
  const found = programs.find(({ path, args }) => [path, ...args].some((word) => HOME.test(word)));
  return found === undefined ? undefined : `\`${found.name}\` is started with a path in \`/root\``;
}

/** Commands that keep what they install in the home directory of whoever runs them. */
const HOME_INSTALLERS: readonly RegExp[] = [
  /^playwright install/,
  /^npx (?:\S+ )*playwright(?:@\S+)? install/,
  /^python[\d.]* -m playwright install/,
  /^python[\d.]* -m nltk/,
  /^pip[\d.]* install .*--user/,
  /^gem install .*--user-install/,
  /^pipx install/,
  /^pipenv install(?!.*--system)/,
  /^nvm /,
  /^rustup /,
  /^sdk install/,
  /^asdf /,
  /^mise /,
  /^volta /,
  /^composer global/,
  /^dotnet tool install .*(?:-g\b|--global)/,
  /^mix local/,
  /^uv (?:tool|python) install/,
  /^huggingface-cli download/,
  /^hf download/,
  /^opam /,
  /^stack (?:install|setup)/,
  /^lein /,
  /^nltk/,
  /^conda init/,
  /^camoufox /,
];

const CONTENT = /from_pretrained|nltk\.download|snapshot_download|whisper\.load_model|SentenceTransformer\(|hub\.load/;

function homeCommand(command: Command): string | undefined {
  const name = baseName(command.name?.text ?? '');
  const words = [name, ...command.args.map(({ value, text }) => value ?? text)];
  const line = words.join(' ');
  if (HOME_INSTALLERS.some((pattern) => pattern.test(line)) || CONTENT.test(line))
    return `\`${words.slice(0, 3).join(' ')}\` installs into the home directory`;
  const poetry = name === 'poetry' && words.includes('install');
  if (poetry) return '`poetry install` keeps its environment in the home directory';
  const cleans = /^(?:rm|rmdir|find|test|\[|echo|printf|ls|du)$/.test(name);
  const texts = [...command.args.map(({ text }) => text), ...command.redirections.map(({ target }) => target ?? '')];
  const found = cleans ? undefined : texts.find((text) => HOME.test(text));
  return found === undefined ? undefined : `a RUN puts files into \`${found}\``;
}
