import { programOf } from '../../commands/program.js';
import type { StageState, Step } from '../types.js';
import type { Place } from './types.js';

/** Package managers of Go from before its modules. */
const BEFORE_MODULES = /^(?:godep|glide|dep|govendor|gvt|gopm)$/;

/**
 * Go outside of a module: since 1.22 `go get` refuses, and `go install` wants a version. Nor can it build what lies in GOPATH without
 * a go.mod.
 */
export function goObstacle(place: Place): string | undefined {
  const program = programOf(place.command);
  if (place.name !== 'golang' || program === undefined || usesGopath(place)) return undefined;
  const { version = '' } = place.build;
  if (BEFORE_MODULES.test(program.name))
    return `runs ${program.name}, which Go ${version} has no use for: it wants modules`;
  if (program.name !== 'go') return undefined;
  const [subcommand, ...rest] = program.args.map(({ value, text }) => value ?? text);
  const packages = rest.filter((one) => !one.startsWith('-'));
  const module = moduleBefore(place);
  if (subcommand === 'get' && module !== 'there')
    return module === 'none' || inGopath(place)
      ? `runs go get without a go.mod, which Go ${version} refuses`
      : undefined;
  const remote = packages.find((one) => /^[\w-]+\.[a-z]+\//.test(one));
  if (subcommand === 'install' && module === 'none' && remote !== undefined && !remote.includes('@'))
    return `runs go install ${remote} without a version, which Go ${version} refuses`;
  if (!/^(?:build|install|test|run|vet|list)$/.test(subcommand ?? '') || module !== 'none') return undefined;
  return inGopath(place) && remote?.includes('@') !== true
    ? `builds in GOPATH without a go.mod, which Go ${version} refuses`
    : undefined;
}

function usesGopath({ image, step }: Place): boolean {
  const set = step.config.variables.get('GO111MODULE');
  return set === 'off' || set === 'auto' || /GO111MODULE=["']?(?:off|auto)/.test(image.dockerfile.text);
}

/** What is known of a go.mod when the command runs. */
function moduleBefore({ image, context, state, step, command }: Place): 'there' | 'none' | 'unknown' {
  const steps = state.steps.slice(0, state.steps.indexOf(step) + 1);
  const earlier = state.stage.parent === undefined ? [] : (image.stages[state.stage.parent.index]?.steps ?? []);
  let known: 'there' | 'none' | 'unknown' = 'none';
  for (const one of [...earlier, ...steps]) {
    if (makesModule(one, one === step ? command.start : Infinity)) return 'there';
    for (const source of one.copy?.sources ?? []) {
      if (source.from !== 'context') known = 'unknown';
      else if (/(?:^|\/)go\.(?:mod|\*|work)$/.test(source.written)) return 'there';
      else if (isFolder(source.text)) {
        if (context === undefined || !context.complete) known = 'unknown';
        else if (context.exists(modFile(source.text)) !== undefined) return 'there';
      }
    }
  }
  return known;
}

/** `go mod init`, or sources that come from elsewhere: what they hold is not known. */
function makesModule({ script }: Step, before: number): boolean {
  return (
    script?.commands.some((one) => {
      const program = one.start < before ? programOf(one) : undefined;
      if (program?.name === 'go') return program.args[0]?.text === 'mod' || program.args[0]?.text === 'work';
      return program !== undefined && /^(?:git|svn|hg|curl|wget|tar|unzip)$/.test(program.name);
    }) === true
  );
}

function isFolder(source: string | undefined): source is string | undefined {
  return source === undefined || !/\.\w+$/.test(source);
}

function modFile(source = '.'): string {
  const folder = source.replace(/^\.?\/*|\/*[*.]*$/g, '');
  return folder === '' ? 'go.mod' : `${folder}/go.mod`;
}

/** The working folder, or where a COPY puts sources, is below GOPATH's src. */
function inGopath({ step, state }: Place): boolean {
  const below = (path: string | undefined): boolean =>
    path !== undefined && /^\/(?:go|root\/go)\/src\/.|\bGOPATH\b.*\/src/.test(path);
  return below(step.config.workdir) || copiesBelow(state, below);
}

function copiesBelow({ steps }: StageState, below: (path: string | undefined) => boolean): boolean {
  return steps.some(({ copy }) => below(copy?.destination) || below(copy?.target?.path));
}
