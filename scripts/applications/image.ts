/** What an image holds, so that two can be compared. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { extract } from 'tar-stream';
import { client, docker } from './docker.js';

export interface ImageContent {
  /** By path: type, mode, owner, link and content of each file. */
  readonly files: ReadonlyMap<string, string>;
  readonly config: string;
}

const CONFIG = ['User', 'Env', 'Cmd', 'Entrypoint', 'WorkingDir', 'ExposedPorts', 'Volumes', 'Labels', 'StopSignal'];

/** @throws Error when the image is not there */
export async function readImage(tag: string): Promise<ImageContent> {
  const created = docker(['create', tag, 'true']);
  const container = created.output.trim().split('\n').at(-1) ?? '';
  if (created.code !== 0) throw new Error(created.output);
  try {
    const inspected = JSON.parse(docker(['image', 'inspect', tag]).output) as [{ Config: Record<string, unknown> }];
    const config = JSON.stringify(CONFIG.map((name) => inspected[0].Config[name] ?? null));
    return { files: await readFiles(container), config };
  } finally {
    docker(['rm', container]);
  }
}

async function readFiles(container: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const exported = spawn(client(), ['export', container], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const tar = extract();
  exported.stdout.pipe(tar);
  for await (const entry of tar) {
    const { name, type, mode, uid, gid, linkname } = entry.header;
    const hash = createHash('sha256');
    for await (const chunk of entry) hash.update(chunk as Buffer);
    const content = type === 'file' ? hash.digest('hex') : linkname;
    files.set(name.replace(/\/$/, ''), `${type} ${mode.toString(8)} ${uid}:${gid} ${content}`);
  }
  return files;
}

/** Caches, logs and files that hold the time of a build: what two builds don't share; and the rewritten files themselves. */
const VARIES =
  /^(?:var\/lib\/apt\/lists|var\/cache|var\/log|tmp|run)(?:\/|$)|^(?:root|home\/\w+)\/\.(?:npm|cache)(?:\/|$)|^etc\/(?:ld\.so\.cache|hosts|hostname|resolv\.conf|mtab)$|^\.dockerenv$|\.pyc$|^(?:var\/lib\/dpkg\/[^/]*|etc\/[a-z]+)-(?:old)?$|node_modules\/\.package-lock\.json$|(?:^|\/)(?:Dockerfile|\.dockerignore)$/;

/** Differences that a safe fix must not make: one line each. */
export function differences(before: ImageContent, after: ImageContent): readonly string[] {
  const paths = new Set([...before.files.keys(), ...after.files.keys()]);
  const changed = [...paths].filter((path) => !VARIES.test(path) && before.files.get(path) !== after.files.get(path));
  return [
    ...(before.config === after.config ? [] : [`config: ${before.config} became ${after.config}`]),
    ...changed.map(
      (path) => `${path}: ${before.files.get(path) ?? 'not there'} became ${after.files.get(path) ?? 'not there'}`,
    ),
  ];
}
