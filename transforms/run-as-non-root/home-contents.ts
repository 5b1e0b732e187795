/**
 * Browsers and models that are fetched into the home directory during the build: only a container with that very home finds
 * them again, whatever account it is started with.
 */
import { valueOf } from '../../src/commands/arguments.js';
import { isIn } from '../../src/commands/catalogue/index.js';
import { programOf, type Program } from '../../src/commands/program.js';
import { textAt } from '../../src/image/origin.js';
import type { Config, Step } from '../../src/image/types.js';
import { objectOf, parseObject } from '../../src/json.js';
import { imagePath } from '../../src/paths.js';
import type { FinalImage } from './final-image.js';
import { isModuleInstall } from './node-commands.js';

/** Calls that fetch a model or a corpus, unless it is there already. */
export const FETCHES_MODEL =
  /from_pretrained|nltk\.download|snapshot_download|whisper\.load_model|SentenceTransformer\(|hub\.load|spacy\.cli\.download/;

/** Packages whose install script fetches a browser, and the variables that name another place for it, or none. */
const BROWSERS: readonly { readonly packages: RegExp; readonly unless: readonly string[] }[] = [
  {
    packages: /^puppeteer$/,
    unless: ['PUPPETEER_CACHE_DIR', 'PUPPETEER_SKIP_DOWNLOAD', 'PUPPETEER_SKIP_CHROMIUM_DOWNLOAD'],
  },
  {
    packages: /^(?:playwright-(?:chromium|firefox|webkit)|@playwright\/browser-\w+)$/,
    unless: ['PLAYWRIGHT_BROWSERS_PATH', 'PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD'],
  },
  { packages: /^cypress$/, unless: ['CYPRESS_CACHE_FOLDER', 'CYPRESS_INSTALL_BINARY'] },
];
const MODEL_PLACES = ['HF_HOME', 'HF_HUB_CACHE', 'TRANSFORMERS_CACHE', 'SENTENCE_TRANSFORMERS_HOME', 'NLTK_DATA'];

/** What a RUN of the image fetches into the home directory, in words. */
export function homeContents(image: FinalImage): string | undefined {
  const own = new Set(image.instructions);
  for (const step of image.stages.flatMap(({ steps }) => steps)) {
    if (!own.has(step.instruction)) continue;
    for (const command of step.script?.commands ?? []) {
      const program = programOf(command);
      const found = program && (browserOf(image, step, program) ?? modelOf(image, step, program));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function browserOf(image: FinalImage, step: Step, program: Program): string | undefined {
  if (!isModuleInstall(program)) return undefined;
  const manifest = parseObject(fileAt(image, step, 'package.json'));
  const names = ['dependencies', 'devDependencies'].flatMap((key) => Object.keys(objectOf(manifest?.[key]) ?? {}));
  const found = BROWSERS.filter(({ unless }) => !isSet(step.config, unless)).flatMap(({ packages }) =>
    names.filter((name) => packages.test(name)),
  )[0];
  return found && `\`${program.name}\` installs \`${found}\`, whose browser it puts into the home directory`;
}

function modelOf(image: FinalImage, step: Step, { row, args }: Program): string | undefined {
  const [file] = args.map(valueOf);
  if (!isIn(row, 'interpreter') || file === undefined || isSet(step.config, MODEL_PLACES)) return undefined;
  return FETCHES_MODEL.test(fileAt(image, step, file) ?? '')
    ? `\`${file}\` fetches a model into the home directory`
    : undefined;
}

function isSet({ env }: Config, names: readonly string[]): boolean {
  return names.some((name) => env.has(name));
}

/** The text of a file that a RUN finds in its directory, where it is one of the build context. */
function fileAt(image: FinalImage, { instruction, config }: Step, file: string): string | undefined {
  return textAt(image, instruction, imagePath(config.workdir ?? image.startDirectory, file));
}
