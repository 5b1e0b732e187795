/**
 * What a package's own install scripts read. `npm ci` runs `postinstall` and `prepare`: when they reach for a file that the
 * install step no longer has, the build fails, or (patch-package) passes without its patches.
 */
import { parseScript } from '../../shell/parse.js';
import type { Command } from '../../shell/types.js';
import { inProject, isPresent, presentFiles } from '../project/files.js';
import { combine } from './combine.js';
import { readManifest, type Manifest } from './manifest.js';
import { nodeProgram } from './program/node-program.js';
import { refuse, type Refusal } from '../../refusal.js';
import type { Inputs, Project } from '../project/types.js';
import { contextPath } from '../../paths.js';

/** Read nothing of the project but package.json and node_modules. */
const HARMLESS = new Set(
  'echo printf true : exit only-allow is-ci opencollective opencollective-postinstall check-node-version'.split(' '),
);
/** Set up git hooks: they look for `.git`, and do nothing without it. */
const GIT_HOOKS = new Set(['husky', 'lefthook', 'simple-git-hooks', 'yorkie']);
const RUNNERS = new Set(['npx', 'bunx', 'pnpx', 'cross-env', 'env', 'run-s']);

/** Inputs of the scripts `names` of the package whose manifest is `path`, those included that they call. */
export function scriptInputs(project: Project, path: string, names: readonly string[]): Inputs | Refusal {
  const manifest = readManifest(project, path);
  if (manifest === undefined) return { files: [] };
  const scripts = names.flatMap((name) => {
    const script = manifest.scripts.get(name);
    return script === undefined ? [] : [readScript({ project, manifest, path, name, calls: [name] }, script)];
  });
  return combine(scripts);
}

interface Place {
  readonly project: Project;
  readonly manifest: Manifest;
  readonly path: string;
  /** The script that the install starts. */
  readonly name: string;
  /** Scripts on the way to this one: a script that calls itself is not followed. */
  readonly calls: readonly string[];
}

function readScript(place: Place, text: string): Inputs | Refusal {
  const script = parseScript(text);
  if (script.error !== undefined) return outside(place, text);
  return combine(script.commands.map((command) => readCommand(place, command)));
}

function readCommand(place: Place, command: Command): Inputs | Refusal {
  const words = stripRunners([command.name, ...command.args].map((word) => word?.value ?? '$'));
  const [program = '', first = ''] = words;
  const written = command.redirections.find(({ target }) => target === undefined || isOfProject(place, target));
  if (written !== undefined) return outside(place, words.join(' '));
  if (program === '' || HARMLESS.has(program)) return { files: [] };
  if (program === 'node') return nodeProgram(place, command, words) ?? outside(place, words.join(' '));
  if (program === 'test' || program === '[') return testedFiles(place, words);
  if (GIT_HOOKS.has(program)) return gitHooks(place, program);
  if (program === 'patch-package') return wholeFolder(place, optionAfter(words, '--patch-dir') ?? 'patches', program);
  if (program === 'prisma' && first === 'generate')
    return prismaSchema(place.project, place.manifest, optionAfter(words, '--schema'), place.name);
  const called = calledScript(words);
  const text = called === undefined ? undefined : place.manifest.scripts.get(called);
  if (called === undefined || text === undefined || place.calls.includes(called))
    return outside(place, words.join(' '));
  return readScript({ ...place, calls: [...place.calls, called] }, text);
}

/** What the build has there decides: a file is copied, a folder may be tested for what is in it. */
function testedFiles(place: Place, words: readonly string[]): Inputs | Refusal {
  const paths = words.slice(1).flatMap((word) => contextPath(place.project.directory, word) ?? []);
  const present = paths.filter((path) => path !== '' && place.project.context.exists(path) !== undefined);
  if (words.includes('$') || present.some((path) => !isPresent(place.project, path, 'file')))
    return outside(place, words.join(' '));
  return { files: present };
}

/** A script may write a file that a later copy brings as it was. */
function isOfProject({ project }: Place, name: string): boolean {
  const path = contextPath(project.directory, name);
  return path !== undefined && (isPresent(project, path, 'file') || name.includes('$'));
}

function stripRunners(words: readonly string[]): readonly string[] {
  let rest = words;
  while (RUNNERS.has(rest[0] ?? '') || /^\w+=/.test(rest[0] ?? '') || rest[0] === '--yes' || rest[0] === '--no-install')
    rest = rest.slice(1);
  return ['yarn', 'pnpm', 'npm', 'bun'].includes(rest[0] ?? '') && rest[1] === 'exec' ? rest.slice(2) : rest;
}

/** `npm run build`, `yarn build`: the name of the script. */
function calledScript(words: readonly string[]): string | undefined {
  const [program = '', first, second] = words;
  if (!['npm', 'yarn', 'pnpm', 'bun'].includes(program)) return undefined;
  return first === 'run' || first === 'run-script' ? second : first;
}

function gitHooks(place: Place, program: string): Inputs | Refusal {
  const git = inProject(place.project, '.git');
  if (place.project.context.exists(git) === undefined || place.project.context.ignored(git)) return { files: [] };
  return refuse(
    'install-scripts',
    `\`${place.name}\` in ${place.path} runs ${program}, which reads .git: exclude .git in the ignore file first`,
  );
}

function wholeFolder(place: Place, folder: string, program: string): Inputs | Refusal {
  const path = contextPath(place.project.directory, folder);
  if (path !== undefined && isPresent(place.project, path, 'directory')) return { files: [], directories: [path] };
  return refuse(
    'install-scripts',
    `\`${place.name}\` in ${place.path} runs ${program}, and its folder ${folder} is not in the build context`,
  );
}

const EXTENSIONS = ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts'];
const PRISMA_SETTINGS = ['prisma.config', '.config/prisma'].flatMap((name) =>
  EXTENSIONS.map((end) => `${name}.${end}`),
);

/** The folder or file of the schema from which `prisma generate` and the install of @prisma/client make the client. */
export function prismaSchema(
  project: Project,
  manifest: Manifest,
  option: string | undefined,
  script: string,
): Inputs | Refusal {
  const named = option ?? manifest.prismaSchema;
  const settings = presentFiles(project, PRISMA_SETTINGS);
  const places = named === undefined ? ['prisma', 'schema.prisma'] : [named];
  for (const place of places) {
    const path = contextPath(project.directory, place);
    if (path === undefined) continue;
    if (isPresent(project, path, 'directory')) return { files: settings, directories: [path] };
    if (isPresent(project, path, 'file')) return { files: [...settings, path] };
  }
  return refuse('install-scripts', `${script} makes the Prisma client, and its schema is not in the build context`);
}

function optionAfter(words: readonly string[], name: string): string | undefined {
  const index = words.indexOf(name);
  const joined = words.find((word) => word.startsWith(`${name}=`));
  return index >= 0 ? words[index + 1] : joined?.slice(name.length + 1);
}

function outside(place: Place, command: string): Refusal {
  return refuse(
    'install-scripts',
    `\`${place.name}\` in ${place.path} runs \`${command}\` during the install: which files it reads is not known`,
  );
}
