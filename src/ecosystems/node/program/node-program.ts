/** What an install script reads and writes that has Node run a program of the project, or one on its command line. */
import { contextPath } from '../../../paths.js';
import { refuse, type Refusal } from '../../../refusal.js';
import type { Command } from '../../../shell/types.js';
import { isPresent } from '../../project/files.js';
import type { Inputs, Project } from '../../project/types.js';
import { codeFiles, programFiles } from './program-files.js';

/** The script of a package.json that starts it. */
export interface Script {
  readonly project: Project;
  readonly name: string;
  readonly path: string;
}

/** Has node load other programs, too: `NODE_OPTIONS=--require=./hook.js`. */
const NODE_SETTING = /^NODE_(?!ENV\b)\w+/;

/**
 * @param words of the command, without what runs it: `node`, `scripts/setup.js`
 * @returns undefined where it is no such program, or one of which nothing is known
 */
export function nodeProgram(script: Script, command: Command, words: readonly string[]): Inputs | Refusal | undefined {
  const { project } = script;
  const [, first = '', code = ''] = words;
  const settings = [...command.assignments.map(({ name }) => name), ...command.args.map(({ value }) => value ?? '')];
  if (settings.some((word) => NODE_SETTING.test(word))) return undefined;
  const isCode = /^(?:-e|--eval|-p|--print)$/.test(first);
  const path = isCode || first.startsWith('-') ? undefined : programPath(project, first);
  if (!isCode && path === undefined) return undefined;
  const found = path === undefined ? codeFiles(project, code) : programFiles(project, path);
  const runs = `\`${script.name}\` in ${script.path} runs \`${words.join(' ')}\` during the install`;
  if ('where' in found) return refuse('install-scripts', `${runs}: which files ${found.where} reads is not known`);
  const { programs, reads, writes } = found;
  const kept = writes.find((one) => project.context.exists(one) !== undefined && !project.context.ignored(one));
  if (kept !== undefined)
    return refuse(
      'output-not-ignored',
      `${runs}, which writes ${kept}: the later copy puts there what the build context has`,
    );
  const files = [...programs, ...reads];
  return { files, inert: files, written: writes };
}

function programPath(project: Project, name: string): string | undefined {
  const path = contextPath(project.directory, name);
  const found = [path, `${path ?? ''}.js`].find((one) => one !== undefined && isPresent(project, one, 'file'));
  return found !== undefined && /\.[cm]?js$/.test(found) ? found : undefined;
}
