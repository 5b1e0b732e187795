import type { Random } from '../random.js';
import { scriptLine } from './commands.js';
import { addFlags, copyFlags, flags, mount } from './flags.js';
import { heredoc, heredocs } from './heredocs.js';
import { json, one, type Kind, type Scene, type Written } from './scene.js';
import { ADDED, SOURCES, TARGETS } from './vocabulary.js';

/** Every tenth RUN or so holds a heredoc or has the exec form. */
export function run(scene: Scene): Written {
  const { random } = scene;
  const before = runFlags(scene);
  if (scene.heredocs && random.chance(15)) return heredocRun(random, before);
  if (random.chance(8)) return one('RUN', before + json(execWords(random)));
  return one('RUN', before + scriptLine(random));
}

function runFlags(scene: Scene): string {
  const { random } = scene;
  return flags(
    scene,
    8,
    () => mount(scene),
    () => mount(scene),
    () => `--network=${random.pick(['none', 'default', 'host'])}`,
    () => `--security=${random.pick(['sandbox', 'insecure'])}`,
  );
}

function heredocRun(random: Random, before: string): Written {
  const { words, bodies } = random.chance(70) ? heredoc(random) : heredocs(random);
  const fed = [`cat ${words} > /x`, `bash ${words}`, `${words} make`, `${words} && make`, `cat ${words} | sh`];
  return one('RUN', before + (random.chance(25) ? random.pick(fed) : words), bodies);
}

function execWords(random: Random): readonly string[] {
  return random.pick([['make'], ['npm', 'ci'], ['sh', '-c', scriptLine(random)], ['apt-get', 'install', '-y', 'git']]);
}

export const copy: Kind = (scene) => brought(scene, 'COPY', copyFlags(scene), SOURCES);

export const add: Kind = (scene) =>
  scene.random.chance(10)
    ? one('ADD', `--checksum=sha256:${'a1'.repeat(32)} https://example.com/a.tar.gz /x/`)
    : brought(scene, 'ADD', addFlags(scene), ADDED);

function brought(scene: Scene, keyword: string, before: string, sources: readonly string[]): Written {
  const { random } = scene;
  const target = random.pick(TARGETS);
  if (scene.heredocs && random.chance(10)) {
    const { words, bodies } = random.chance(60) ? heredoc(random) : heredocs(random);
    return one(keyword, `${before}${words} ${target}`, bodies);
  }
  if (!random.chance(12)) return one(keyword, `${before}${random.pick(sources)} ${target}`);
  const source = random.pick(['.', 'a b', 'package.json', 'a.tar.gz']);
  return one(keyword, before + json([source, random.pick(['/app/', './', '/x y/'])]));
}
