import { programOf, type Program } from '../../commands/program.js';
import type { Dockerfile } from '../../dockerfile/types.js';
import { memoize } from '../../memoize.js';
import { either, followed } from '../../text-test.js';
import { isInstalled } from '../installed.js';
import type { Copy, Step } from '../types.js';
import type { Place } from './types.js';
import { trimSlashes } from '../../paths.js';

/** Package managers of Go from before its modules, and the script of its early images. */
const BEFORE_MODULES = /^(?:godep|glide|dep|govendor|gvt|gopm|go-wrapper)$/;
const BUILDS = /^(?:build|install|test|run|vet|list)$/;

/**
 * Go outside of a module: since 1.22 `go get` refuses, and `go install` wants a version. Nor can it build what lies in GOPATH without
 * a go.mod, nor a package since 1.16. Inside of a module, `go get` installs no programs any more.
 */
export function goObstacle(place: Place): string | undefined {
  const program = programOf(place.command);
  if (program === undefined || usesGopath(place)) return undefined;
  const title = place.name === 'golang' ? `Go ${place.build.version ?? ''}` : 'the Go of today';
  if (program.name === 'make' && place.name === 'golang')
    return inGopath(place) && moduleIn(place) === 'none'
      ? `runs make in GOPATH, where ${title} wants a go.mod`
      : undefined;
  if (!runsGo(place, program)) return undefined;
  if (program.name !== 'go') return `runs ${program.name}, which ${title} has no use for: it wants modules`;
  const [subcommand = '', ...rest] = program.args.map(({ value, text }) => value ?? text);
  const remote = rest.find((one) => /^[\w-]+\.[a-z]+\/./.test(one));
  const module = moduleIn(place);
  if (subcommand === 'get') {
    if (module === 'none') return `runs go get without a go.mod, which ${title} refuses`;
    const tool = remote === undefined ? undefined : toolOf(remote);
    const wanted = tool !== undefined && (module === 'unknown' || runs(place, tool));
    return wanted
      ? `gets ${tool} with go get, which ${title} does not install: go install does, with a version`
      : undefined;
  }
  if (module !== 'none' || remote?.includes('@') === true) return undefined;
  if (subcommand === 'install' && remote !== undefined)
    return `runs go install ${remote} without a version, which ${title} refuses`;
  if (!BUILDS.test(subcommand)) return undefined;
  if (inGopath(place)) return `builds in GOPATH, where ${title} wants a go.mod`;
  const refused = rest.some(isOwnPackage) && !speaksOfModules(place);
  return refused ? `runs go ${subcommand} without a go.mod, which ${title} refuses` : undefined;
}

/** Sources in GOPATH of which nothing is known, in a file that does not speak of modules, are taken for those from before. */
function moduleIn(place: Place): ReturnType<typeof moduleBefore> {
  const known = moduleBefore(place);
  return known === 'unknown' && inGopath(place) && !speaksOfModules(place) ? 'none' : known;
}

/** The package of the working folder, or one below it; a file by name needs no module. */
function isOwnPackage(argument: string): boolean {
  return argument === '.' || (argument.startsWith('./') && !argument.endsWith('.go'));
}

function runsGo({ name, image, state }: Place, program: Program): boolean {
  if (program.name !== 'go' && !BEFORE_MODULES.test(program.name)) return false;
  return name === 'golang' || ['go', 'golang', 'golang-go'].some((one) => isInstalled(image, state, one));
}

function usesGopath({ image, step }: Place): boolean {
  const set = step.config.variables.get('GO111MODULE');
  return set === 'off' || set === 'auto' || wordsOf(image.dockerfile).turnsModulesOff;
}

function speaksOfModules({ image }: Place): boolean {
  return wordsOf(image.dockerfile).speaksOfModules;
}

/** Asked for every command. */
const wordsOf = memoize(({ text }: Dockerfile) => ({
  turnsModulesOff: /GO111MODULE=["']?(?:off|auto)/.test(text),
  speaksOfModules: /go\.mod|go\.\*|\bgo mod\b|GO111MODULE/.test(text),
}));

/** The program that a package gives: `packr2` for `github.com/gobuffalo/packr/v2/packr2`, `tool` for `example.com/tool/v2@v2.1.0`. */
function toolOf(remote: string): string | undefined {
  return remote
    .replace(/@.*/s, '')
    .split('/')
    .reverse()
    .find((part) => part !== '...' && !/^v\d+$/.test(part));
}

function runs({ state }: Place, tool: string): boolean {
  return state.steps.some(({ script }) => script?.commands.some((one) => programOf(one)?.name === tool) === true);
}

/** What is known of a go.mod when the command runs. */
function moduleBefore({ image, context, state, step, command }: Place): 'there' | 'none' | 'unknown' {
  const steps = state.steps.slice(0, state.steps.indexOf(step) + 1);
  const { parent } = state.stage;
  const earlier = parent === undefined ? [] : (image.stages[parent.index]?.steps ?? []);
  let known: 'none' | 'unknown' = 'none';
  for (const one of [...earlier, ...steps]) {
    if (makesModule(one, one === step ? command.start : Infinity)) return 'there';
    for (const source of one.copy?.sources ?? []) {
      if (source.from !== 'context') known = 'unknown';
      else if (/(?:^|\/)go\.(?:mod|\*|work)$/.test(source.written)) return 'there';
      else if (mayBeFolder(source.text)) {
        if (context?.complete !== true) known = 'unknown';
        else if (context.exists(modFile(source.text)) !== undefined) return 'there';
      }
    }
  }
  return known;
}

/** `go mod init`, or sources that come from elsewhere: what they hold is not known. */
function makesModule({ script }: Step, before: number): boolean {
  const found = script?.commands.some((one) => {
    const program = one.start < before ? programOf(one) : undefined;
    if (program?.name === 'go') return /^(?:mod|work)$/.test(program.args[0]?.text ?? '');
    return program !== undefined && /^(?:git|svn|hg|curl|wget|tar|unzip)$/.test(program.name);
  });
  return found === true;
}

function mayBeFolder(source: string | undefined): boolean {
  return source === undefined || !/[^./]\.\w+$/.test(source);
}

function modFile(source = '.'): string {
  const folder = trimSlashes(source.replace(/^\.?\/*|(?<![*.])[*.]+$/g, ''));
  return folder === '' ? 'go.mod' : `${folder}/go.mod`;
}

const BELOW_GOPATH = either(/\/go\/src\/./, followed(/\bGOPATH\b/, /\/src/, /\n/));

/** The working folder, or where a COPY puts sources, is below the src of a GOPATH. */
function inGopath({ step, state }: Place): boolean {
  const isBelow = (path: string | undefined): boolean => path !== undefined && BELOW_GOPATH.test(path);
  const puts = ({ destination, target }: Copy): boolean => isBelow(destination) || isBelow(target?.path);
  return isBelow(step.config.workdir) || state.steps.some(({ copy }) => copy !== undefined && puts(copy));
}
