/** Where the scripts of an image run: its folders, variables and files at one point of its build, or when it is started. */
import type { Scene, SceneFile } from '../commands/apt/scene.js';
import { mountsOf } from '../dockerfile/mounts.js';
import type { Dockerfile, Instruction, Stage } from '../dockerfile/types.js';
import type { BuildContext } from '../facts/context/types.js';
import { memoize } from '../memoize.js';
import { cleanPath, contextPath, imagePath, pathBelow } from '../paths.js';
import { isRefusal } from '../refusal.js';
import { originAt, originAtEnd, type Origin } from './origin.js';
import { compilesPrograms, isInstalled } from './installed.js';
import { sourcesOf } from './sources.js';
import { printsApt, writtenFile } from './written.js';
import type { Config, ImageState, StageState } from './types.js';

/** Of a RUN, when it begins: one for all who ask, so that what is found in it is looked for once. */
export function sceneAt(image: ImageState, context: BuildContext | undefined, run: Instruction): Scene | undefined {
  const scenes = scenesOf(image);
  const known = scenes.get(run);
  if (known !== undefined && known.context === context) return known.scene;
  const scene = makeSceneAt(image, context, run);
  scenes.set(run, { context, scene });
  return scene;
}

interface SceneInContext {
  readonly context: BuildContext | undefined;
  readonly scene: Scene | undefined;
}

const scenesOf = memoize<ImageState, Map<Instruction, SceneInContext>>(() => new Map());

function makeSceneAt(image: ImageState, context: BuildContext | undefined, run: Instruction): Scene | undefined {
  const state = image.stages[run.stageIndex];
  const files = { stages: image.stages, context };
  const originOf = (path: string): Origin | undefined => asFound(originAt(files, run, path));
  return state && sceneOf({ image, context, state, originOf, run }, state.before(run));
}

/** Of what a stage makes, when it is started. */
export function sceneAtStart(image: ImageState, context: BuildContext | undefined, stage: Stage): Scene | undefined {
  const state = image.stages[stage.index];
  const files = { stages: image.stages, context };
  const originOf = (path: string): Origin | undefined => asFound(originAtEnd(files, stage, path));
  return state && sceneOf({ image, context, state, originOf }, state.config);
}

function asFound(origin: ReturnType<typeof originAt>): Origin | undefined {
  return isRefusal(origin) ? undefined : origin;
}

const FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

interface Place {
  readonly image: ImageState;
  readonly context: BuildContext | undefined;
  readonly state: StageState;
  readonly originOf: (path: string) => Origin | undefined;
  /** Its mounts bring files, too. */
  readonly run?: Instruction;
}

function sceneOf(place: Place, config: Config): Scene {
  const { image, context, state } = place;
  const file = (path: string): SceneFile | undefined => fileAt(place, path);
  const added = (config.env.get('PATH') ?? '').split(':').filter((folder) => /^\/[\w./-]+$/.test(folder));
  const folders = [...new Set([...added, ...FOLDERS])];
  const commands = new Map<string, SceneFile | undefined>();
  return {
    directories: [config.workdir],
    args: [],
    variable: (name) => config.variables.get(name),
    file,
    command(name) {
      if (!commands.has(name)) commands.set(name, commandIn(folders, name, file));
      return commands.get(name);
    },
    sources: sourcesOf(context),
    printsApt: () => printsApt(image, state),
    brings: (name) => isInstalled(image, state, name),
    compiles: () => compilesPrograms(image, state),
    tools: false,
  };
}

function fileAt({ image, context, state, originOf, run }: Place, path: string): SceneFile | undefined {
  const mounted = run === undefined ? undefined : mountedFile(run, context, path);
  if (mounted !== undefined) return mounted;
  const origin = originOf(path);
  if (origin !== undefined) return readOrigin(image.dockerfile, context, origin, path);
  const written = writtenFile(image, state, path);
  return written && { path, text: written.text, certain: true, made: false };
}

/** Of a bind mount: a file of the build context is read, one of another stage or image can't be. */
function mountedFile(run: Instruction, context: BuildContext | undefined, path: string): SceneFile | undefined {
  for (const mount of mountsOf(run)) {
    const below =
      mount.type === 'bind' && mount.target !== undefined ? pathBelow(cleanPath(mount.target), path) : undefined;
    if (below === undefined) continue;
    const source = contextPath(mount.source ?? '', below);
    if (mount.from !== undefined || source === undefined) return { path, text: undefined, certain: true, made: false };
    if (context !== undefined && context.exists(source) === undefined) continue;
    return { path, text: context?.read(source), certain: true, made: false };
  }
  return undefined;
}

function commandIn(
  folders: readonly string[],
  name: string,
  file: (path: string) => SceneFile | undefined,
): SceneFile | undefined {
  for (const folder of folders) {
    const found = file(imagePath(folder, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function readOrigin(
  dockerfile: Dockerfile,
  context: BuildContext | undefined,
  { copy, path: source, contextPath, doubt }: Origin,
  path: string,
): SceneFile | undefined {
  const certain = doubt === undefined;
  const heredoc = copy.instruction.heredocs.find(({ delimiter }) => delimiter === source);
  const from = copy.sources.some((one) => one.from === 'stage' || one.from === 'image');
  if (heredoc !== undefined && !from)
    return { path, certain, made: false, text: dockerfile.text.slice(heredoc.body.start, heredoc.body.end) };
  if (contextPath === undefined) return { path, certain, made: from, text: undefined };
  if (context?.exists(contextPath) === undefined && context !== undefined) return undefined;
  return { path, certain, made: false, text: context?.read(contextPath) };
}
