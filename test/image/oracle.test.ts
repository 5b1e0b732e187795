import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { imageState } from '../../src/image/state.js';
import type { Command, Config } from '../../src/image/types.js';

// A program that prints what BuildKit makes of Dockerfiles, and a folder of them: named by the environment where they exist.
const { DOCKMOD_ORACLE: oracle, DOCKMOD_CORPUS: corpus } = process.env;

interface Row {
  readonly file: string;
  readonly ok: boolean;
  readonly image_config?: Readonly<Record<string, unknown>>;
}

function judge(files: readonly string[]): readonly Row[] {
  const { stdout } = spawnSync(oracle ?? '', ['-llb', '-'], {
    input: `${files.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

function dockerfiles(root: string): string[] {
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => join(root, path));
  return all
    .filter(
      (path) =>
        /^dockerfile|\.dockerfile$/i.test(basename(path)) && !path.endsWith('ignore') && statSync(path).isFile(),
    )
    .sort();
}

function ours(config: Config): unknown {
  const shell = config.shell ?? ['/bin/sh', '-c'];
  const argv = (command: Command | undefined): readonly string[] =>
    command === undefined ? [] : command.form === 'exec' ? command.argv : [...shell, ...command.argv];
  return {
    user: config.user ?? '',
    entrypoint: argv(config.entrypoint),
    cmd: argv(config.cmd),
    stopsignal: config.stopsignal ?? '',
    volumes: [...config.volumes].sort(),
  };
}

function theirs(config: Readonly<Record<string, unknown>>): unknown {
  return {
    user: config['User'] ?? '',
    entrypoint: config['Entrypoint'] ?? [],
    cmd: config['Cmd'] ?? [],
    stopsignal: config['StopSignal'] ?? '',
    volumes: Object.keys((config['Volumes'] as object | null) ?? {}).sort(),
  };
}

/** A relative WORKDIR on a base that is not known is not known either; a Windows path is none for a Linux builder. */
function sameFolder(known: string | undefined, folder: unknown): boolean {
  const clean = (path: string): string => path.replace(/(.)\/+$/, '$1');
  return (
    known === undefined || /^[A-Za-z]:/.test(known) || clean(known) === clean(typeof folder === 'string' ? folder : '/')
  );
}

/** We refuse a continuation that nothing follows, which BuildKit takes. */
function reads(file: string): boolean {
  try {
    return parseDockerfile(readFileSync(file, 'utf8')).stages.length > 0;
  } catch {
    return false;
  }
}

describe.skipIf(oracle === undefined || corpus === undefined)(
  'image state (skipped without DOCKMOD_ORACLE and DOCKMOD_CORPUS)',
  () => {
    it('is what BuildKit works out, in all but a handful of files', () => {
      const rows = judge(dockerfiles(corpus ?? '')).filter(({ ok }) => ok);
      const wrong = rows.filter(({ file, image_config }) => {
        if (!reads(file)) return false;
        const dockerfile = parseDockerfile(readFileSync(file, 'utf8'));
        const stage = imageState(dockerfile).stages.at(-1);
        if (stage !== undefined && !sameFolder(stage.config.workdir, image_config?.['WorkingDir'])) return true;
        return stage === undefined || JSON.stringify(ours(stage.config)) !== JSON.stringify(theirs(image_config ?? {}));
      });
      expect(rows.length).toBeGreaterThan(0);
      expect(wrong.map(({ file }) => file).length / rows.length).toBeLessThan(0.005);
    }, 120_000);
  },
);
