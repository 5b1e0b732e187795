import { foldersAbove, inProject, presentFiles } from './files.js';
import { readManifest, refuseLocalDependency, type Manifest } from './python-manifest.js';
import { hasTable, tableValue } from './toml.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import type { Ecosystem, Environment, Inputs, Project } from './types.js';
import { hasOption, optionValue, readWords, type Words } from './words.js';

const VALUED =
  '--directory --project --group --only-group --no-group --extra --no-extra --package -p --python --index-url --extra-index-url --index --default-index --link-mode --cache-dir --no-install-package --config-file'.split(
    ' ',
  );

/** `uv sync`; pip reads `uv pip`. */
export const uv: Ecosystem = {
  programs: ['uv'],
  read({ args, env }) {
    const words = readWords(args, VALUED);
    const [subcommand, action] = words.operands;
    if (subcommand === 'python' && action === 'install') return 'independent';
    if (subcommand === 'tool' && action === 'install') return 'independent';
    if (subcommand !== 'sync') return undefined;
    return {
      manager: 'uv',
      directory: optionValue(words, '--directory', '--project') ?? '.',
      inputs: (project) => uvInputs(project, words, env),
    };
  },
};

function uvInputs(project: Project, words: Words, env: Environment): Inputs | Refusal {
  const manifest = readManifest(project, 'pyproject.toml');
  if (isRefusal(manifest)) return manifest;
  const obstacle = findObstacle(project, manifest, words);
  if (obstacle !== undefined) return obstacle;
  const files = presentFiles(project, ['uv.lock', '.python-version', 'uv.toml']);
  const needsLock = hasOption(words, '--frozen', '--locked');
  if (needsLock && !files.includes(inProject(project, 'uv.lock')))
    return refuse('lock-missing', 'the install needs uv.lock, and the build context has none');
  const place = env.get('UV_PROJECT_ENVIRONMENT') ?? '.venv';
  return { files: [manifest.path, ...files], outputs: place.startsWith('/') ? [] : [inProject(project, place)] };
}

function findObstacle(project: Project, manifest: Manifest, words: Words): Refusal | undefined {
  const { text } = manifest;
  const above = foldersAbove(project).find((folder) =>
    hasTable(
      project.context.read(inProject({ ...project, directory: folder }, 'pyproject.toml')) ?? '',
      'tool.uv.workspace',
    ),
  );
  if (hasTable(text, 'tool.uv.workspace') || above !== undefined)
    return refuse('inside-workspace', 'uv reads the manifests of the whole workspace');
  const local = refuseLocalDependency(manifest);
  if (local !== undefined) return local;
  const virtual = !hasTable(text, 'build-system') && tableValue(text, 'tool.uv', 'package') !== 'true';
  if (virtual || tableValue(text, 'tool.uv', 'package') === 'false' || hasOption(words, '--no-install-project'))
    return undefined;
  return refuse('installs-project', '`uv sync` installs the project itself: add --no-install-project, and sync behind');
}
