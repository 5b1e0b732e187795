import { packageScripts, scriptsWith } from '../../src/package-scripts.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { developmentServer, isHelper, isIdle, refusalByName } from './refused-programs.js';
import { runtimeOf } from './runtimes.js';
import { calledManifest, manifestPath, scriptCall } from './script-call.js';
import { shellPrograms, type Program } from './start-command.js';
import type { FinalImage } from './final-image.js';

/** Scripts that serve the sources as a developer edits them. */
const DEVELOPMENT =
  /^(?:dev|develop|watch|start[:-]dev|dev[:-].*|serve[:-]dev|start[:-]local|start[:-]debug|hot|storybook|serve|gulp|grunt|webpack|ng)$/;

/** `npm start` and its like: the programs that the script of package.json runs, where it can be read. */
export interface PackageScript {
  readonly programs: readonly Program[] | undefined;
}

export function readPackageScript(image: FinalImage, program: Program): PackageScript | Refusal | undefined {
  const call = scriptCall(program);
  if (call === undefined) return undefined;
  const { script } = call;
  const command = `${program.name} ${program.args.join(' ')}`;
  if (DEVELOPMENT.test(script)) return developmentServer(command);
  if (/^build\b/.test(script))
    return refuse(
      'builds-at-start',
      `\`${command}\` builds when the container starts, in directories that belong to root`,
    );
  if (/^(?:test|lint|watch)\b/.test(script))
    return refuse('not-an-application', `\`${command}\` tests, it serves no application`);
  const scripts = packageScripts(calledManifest(image, program.name, call));
  const texts = scriptsWith(script).flatMap((name) => scripts.get(name) ?? []);
  const programs = scripts.has(script) ? shellPrograms(texts.join('\n')) : undefined;
  return { programs: programs?.map(asNodeProgram) };
}

/** A bare name in a package script is a tool of node_modules. */
export function asNodeProgram(program: Program): Program {
  const { name, path } = program;
  const known = path.includes('/') || runtimeOf(name) !== undefined || isHelper(name) || isIdle(name);
  return known || refusalByName(program) !== undefined ? program : { ...program, name: `${name}.js` };
}

/**
 * The scripts of package.json that would run can be read, and none names a path outside of the project.
 * @param all each of them has to be there
 */
export function safeScript(image: FinalImage, directory: string, names: readonly string[], all = false): boolean {
  const text = manifestText(image, directory);
  if (text === undefined) return false;
  const scripts = packageScripts(text);
  if (all && !names.every((name) => scripts.has(name))) return false;
  return names
    .flatMap(scriptsWith)
    .every((name) => !/(?:^|[\s=:"'])(?:\/|~|\$HOME)|\.\.\//.test(scripts.get(name) ?? ''));
}

function manifestText(image: FinalImage, directory: string): string | undefined {
  const path = manifestPath(image, directory);
  return path === undefined ? undefined : image.context?.read(path);
}
