import { hasOption, optionValue, type Arguments } from '../commands/arguments.js';
import { contextPath } from '../paths.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { isOn } from './project/environment.js';
import { inProject, isPresent, presentFiles, readPresent } from './project/files.js';
import type { Ecosystem, Environment, Inputs, PackageManager, Project } from './project/types.js';

const GEMFILE = 'Gemfile';
/** Where a deployment puts gems. */
const BUNDLE = 'vendor/bundle';

const manager: PackageManager = {
  name: 'bundler',
  program: 'bundle',
  locks: [`${GEMFILE}.lock`],
  settings: ['.bundle/config'],
  read({ words, env }) {
    const [subcommand = 'install', ...rest] = words.operands.filter((word) => !/^_[\d.]+_$/.test(word));
    if (subcommand === 'config')
      return rest.includes('--local') || hasOption(words, '--local') ? undefined : 'independent';
    if (hasOption(words, '--version', '-v')) return 'independent';
    if (subcommand !== 'install' && subcommand !== 'i') return undefined;
    return { manager: manager.name, directory: '.', inputs: (project) => bundlerInputs(project, words, env) };
  },
};

export const bundler: Ecosystem = {
  manifests: [GEMFILE],
  buildFiles: ['*.gemspec'],
  settings: ['.ruby-version', 'Rakefile', `${GEMFILE}*`],
  tools: /\b(?:bundle|gem|ruby)\b/,
  outputs: [{ folder: BUNDLE, filledBy: /\bbundler?\b/ }],
  managers: [manager],
};

function bundlerInputs(project: Project, words: Arguments, env: Environment): Inputs | Refusal {
  const name = optionValue(words, '--gemfile') ?? env.get('BUNDLE_GEMFILE') ?? GEMFILE;
  const path = project.resolve(name);
  const text = path === undefined ? undefined : readPresent(project, path);
  if (path === undefined || text === undefined)
    return refuse('manifest-missing', `there is no ${name} in the build context`);
  if (isPresent(project, inProject(project, 'vendor/cache'), 'directory'))
    return refuse('vendored', 'the gems lie in vendor/cache');
  const named = gemfileReads(project, path, text);
  if (isRefusal(named)) return named;
  const lock = [`${path}.lock`].filter((file) => isPresent(project, file, 'file'));
  const place = installPath(words, env);
  const outputs = place === undefined || place.startsWith('/') ? [] : [contextPath(project.directory, place) ?? place];
  return { files: [path, ...lock, ...named.files, ...presentFiles(project, manager.settings)], outputs };
}

/** Undefined: into the system's gems. */
function installPath(words: Arguments, env: Environment): string | undefined {
  const named = optionValue(words, '--path') ?? env.get('BUNDLE_PATH');
  if (named !== undefined) return named;
  return hasOption(words, '--deployment') || isOn(env.get('BUNDLE_DEPLOYMENT')) ? BUNDLE : undefined;
}

/** A Gemfile is a program: what it reads is known where it only lists gems. */
function gemfileReads(project: Project, path: string, text: string): Inputs | Refusal {
  const code = text.replace(/^[ \t]*#.*$/gm, '');
  const version = /^[ \t]*ruby\s+file:\s*["']([^"']+)["']/m.exec(code)?.[1];
  const rest = code.replace(/^[ \t]*ruby\s+file:.*$/m, '');
  const reads =
    /\b(?:gemspec|eval_gemfile|require_relative|instance_eval|load|eval|system|exec)\b|\bpath:|:path\s*=>|^[ \t]*path\s|\b(?:File|Dir|IO|Pathname|YAML|JSON|Open3)\b|`|%x/m.exec(
      rest,
    )?.[0];
  if (reads !== undefined)
    return refuse('local-dependency', `${path} has \`${reads.trim()}\`: which files it reads is not known`);
  if (version === undefined) return { files: [] };
  const file = contextPath(project.directory, version);
  return file !== undefined && isPresent(project, file, 'file')
    ? { files: [file] }
    : refuse('manifest-missing', `${path} reads ${version}, which is not in the build context`);
}
