/** Builds in compose files, pipelines of any CI, Cloud Build and skaffold. */
import { basename, dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { listOf, objectOf, objectsIn, readObject, stringsByKey, type Json } from '../../../json.js';
import { readComposeBuilds } from './compose.js';
import { readBuildCommands } from './build-commands.js';
import { written } from './from-text.js';
import type { BuildReader, WrittenBuild } from './types.js';

export const readCompose: BuildReader = (file, text) =>
  readComposeBuilds(text).map((build) => ({
    ...build,
    bases: [dirname(file)],
    inContext: true,
    where: basename(file),
  }));

/** Paths are relative to the project's folder, or to the working directory that a step or job has. */
export const readPipeline: BuildReader = (file, text, top) => {
  const document = readYaml(text);
  return document === undefined ? [] : buildsIn(document, top, basename(file));
};

function buildsIn(value: unknown, base: string, where: string): readonly WrittenBuild[] {
  if (typeof value === 'string') return readBuildCommands(value).map((build) => written(build, [base], where));
  if (Array.isArray(value)) {
    const lines = listOf(value) ?? [];
    const script = lines.length === value.length ? [lines.join('\n')] : (value as readonly unknown[]);
    return script.flatMap((one) => buildsIn(one, base, where));
  }
  const object = objectOf(value);
  if (object === undefined) return [];
  const own = resolve(base, folderOf(object) ?? '.');
  const step = [...actionBuild(object, base, where), ...argumentBuild(object, own, where)];
  return [...step, ...Object.values(object).flatMap((one) => buildsIn(one, own, where))];
}

/** `working-directory`, of a step or of all below; in Cloud Build `dir`. */
function folderOf(object: Json): string | undefined {
  const strings = stringsByKey(object);
  const defaults = stringsByKey(objectOf(objectOf(object['defaults'])?.['run']));
  const names = ['working-directory', 'workingDirectory', 'working_directory', 'dir'];
  const folder = [...names.map((name) => strings.get(name)), defaults.get('working-directory')].find(Boolean);
  return folder === undefined || /[$~]/.test(folder) ? undefined : folder;
}

/** `uses: docker/build-push-action`; its paths are relative to the workspace, whatever the working directory. */
function actionBuild(object: Json, base: string, where: string): readonly WrittenBuild[] {
  const uses = object['uses'];
  if (
    typeof uses !== 'string' ||
    !/(?:^|\/)(?:docker\/build-push-action|redhat-actions\/buildah-build|kaniko\w*)@/.test(uses)
  )
    return [];
  const inputs = stringsByKey(object['with']);
  const context = inputs.get('context') ?? '.';
  const dockerfile = inputs.get('file') ?? inputs.get('dockerfile') ?? inputs.get('containerfiles');
  if (/:\/\/|^\{\{defaultContext/.test(context)) return [];
  return [{ bases: [base], context, dockerfile, inContext: false, where }];
}

/** `name: gcr.io/cloud-builders/docker`, `args: [build, -f, x, .]`. */
function argumentBuild(object: Json, base: string, where: string): readonly WrittenBuild[] {
  const image = object['name'];
  const words = listOf(object['args']);
  if (typeof image !== 'string' || words === undefined || !/docker|kaniko/.test(image)) return [];
  const program = image.includes('kaniko') ? '/kaniko/executor' : 'docker';
  const line = [program, ...words.map((word) => `'${word}'`)].join(' ');
  return readBuildCommands(line).map((build) => written(build, [base], where));
}

/** `build.artifacts`, the Dockerfile relative to the context. */
export const readSkaffold: BuildReader = (file, text) =>
  documentsIn(text).flatMap((document) =>
    objectsIn(objectOf(document['build'])?.['artifacts']).flatMap((artifact): readonly WrittenBuild[] => {
      const builder = objectOf(artifact['docker']) ?? objectOf(artifact['kaniko']);
      if (builder === undefined && ['custom', 'jib', 'ko', 'buildpacks', 'bazel'].some((key) => key in artifact))
        return [];
      const context = stringsByKey(artifact).get('context') ?? '.';
      const dockerfile = stringsByKey(builder).get('dockerfile');
      return [{ bases: [dirname(file)], context, dockerfile, inContext: true, where: basename(file) }];
    }),
  );

/** The parts of a YAML file that `---` sets apart. */
function documentsIn(text: string): readonly Json[] {
  return objectsIn(text.split(/^---.*$/m).map(readYaml));
}

function readYaml(text: string): Json | undefined {
  return readObject(() => parse(text, { merge: true, logLevel: 'silent' }) as unknown);
}
