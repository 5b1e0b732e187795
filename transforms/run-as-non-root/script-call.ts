/** Which script of which package.json `npm start` and its like run. */
import { optionValue, readArguments } from '../../src/commands/arguments.js';
import { rowOf } from '../../src/commands/catalogue/index.js';
import { workspaceMembers } from '../../src/ecosystems/node/workspaces.js';
import { rootProject } from '../../src/ecosystems/project/files.js';
import { parseObject, stringsByKey } from '../../src/json.js';
import { imagePath, joinPath, parentPath } from '../../src/paths.js';
import { isRefusal } from '../../src/refusal.js';
import { originOf } from './copied-files.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import type { Program } from './start-command.js';

/** Which script of which package a manager of Node is told to run. */
export interface ScriptCall {
  readonly script: string;
  /** From the working directory. */
  readonly directory: string;
  /** Name or folder of a member of the workspace. */
  readonly member: string | undefined;
}

export function scriptCall({ name, args }: Program): ScriptCall | undefined {
  const row = rowOf(name);
  if (row?.manager === undefined || row.language !== 'node') return undefined;
  const given = readArguments(args, row);
  const ofMember = name === 'yarn' && given.operands[0] === 'workspace';
  const member = ofMember ? given.operands[1] : optionValue(given, '-w', '--workspace', '--filter', '-F');
  const script = scriptName(name, ofMember ? given.operands.slice(2) : given.operands);
  const directory = optionValue(given, '--prefix', '-C', '--dir', '--cwd') ?? '.';
  return script === undefined ? undefined : { script, directory, member };
}

function scriptName(manager: string, [first, second]: readonly string[]): string | undefined {
  if (first === 'run' || first === 'run-script') return second;
  if (first === 'start' || first === 'test' || first === 'stop' || first === 'restart') return first;
  return manager === 'yarn' || manager === 'pnpm' ? first : undefined;
}

/** The text of the package.json that has the script. */
export function calledManifest(
  image: FinalImage,
  manager: string,
  { directory, member }: ScriptCall,
): string | undefined {
  const path = manifestPath(image, imagePath(workingDirectory(image), directory));
  if (path === undefined || member === undefined || image.context === undefined)
    return path === undefined ? undefined : image.context?.read(path);
  const project = { ...rootProject(image.context), directory: parentPath(path) };
  const members = workspaceMembers(project, manager);
  if (isRefusal(members)) return undefined;
  const wanted = joinPath(project.directory, member.replace(/^\.\//, ''));
  return members
    .map((folder) => ({ folder, text: image.context?.read(joinPath(folder, 'package.json')) ?? '' }))
    .find(({ folder, text }) => folder === wanted || nameIn(text) === member)?.text;
}

function nameIn(text: string): string | undefined {
  return stringsByKey(parseObject(text)).get('name');
}

/** Its path in the build context; the builds of earlier stages leave its scripts as they are. */
export function manifestPath(image: FinalImage, directory: string): string | undefined {
  return originOf(image, imagePath(directory, 'package.json'))?.contextPath;
}
