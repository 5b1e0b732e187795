/** What the files that a Dockerfile brings do with the apt lists, when they are run. */
import { baseName, imagePath, parentPath } from '../../paths.js';
import { isIn, rowOf } from '../catalogue/index.js';
import { isPosixShell } from '../shell-call.js';
import { mentionsApt } from './mention.js';
import type { Scene, SceneFile } from './scene.js';
import { reads, unread, useOfSources, type AptUse, type Reading } from './use.js';

/** A file by its path or name, with the words after it. */
export interface FileCall {
  readonly path: string;
  readonly args: readonly string[];
  /** It is named as a program: without a folder, it is looked for in PATH alone. */
  readonly isProgram?: true;
}

/** Names of files and targets that install packages, where nothing more is known of them than the name. */
export const INSTALLS =
  /install|depend|(?:^|[-_/])deps?(?:[-_.]|$)|packages?|setup(?!\.py)|provision|prereq|requirement/i;

/** `none`: no file of this Dockerfile is found under that name, or what the name says is all that is known. */
export function useOfFile({ path, args, isProgram }: FileCall, reading: Reading): AptUse | 'none' | undefined {
  const inPath = isProgram === true && !path.includes('/');
  const found = inPath ? [reading.scene.command(path)].flatMap((file) => file ?? []) : filesAt(path, reading.scene);
  if (found.length === 0 || goesByName(path, found)) return 'none';
  for (const file of found) {
    const use = useOfFound(file, args, reading);
    if (use !== undefined) return use;
  }
  return undefined;
}

/** In the folders that the script may be in; a bare name in those of PATH, too. */
export function filesAt(path: string, scene: Scene): readonly SceneFile[] {
  const command = path.includes('/') ? undefined : scene.command(path);
  if (command !== undefined) return [command];
  return scene.directories.flatMap((folder) => scene.file(imagePath(folder, path)) ?? []);
}

/** `./gradlew`, `./configure`: the name says what it is, and no text that can be read speaks against it. */
function goesByName(path: string, found: readonly SceneFile[]): boolean {
  const row = rowOf(baseName(path));
  if (!isIn(row, 'apt-free') || (path.includes('/') && isIn(row, 'entrypoint'))) return false;
  return found.every(({ text }) => text === undefined || (!mentionsApt(text) && !isIn(row, 'entrypoint')));
}

function useOfFound(file: SceneFile, args: readonly string[], reading: Reading): AptUse | undefined {
  const { path, text, certain, made } = file;
  if (text === undefined)
    return !made || INSTALLS.test(baseName(path)) || path.endsWith('.sh')
      ? unread(reading)
      : useOfSources('any', reading);
  const interpreter = interpreterOf(text);
  if (interpreter === undefined || isPosixShell(interpreter)) {
    const { scene } = reading;
    const directories = [...new Set([...scene.directories, parentPath(path) || '/'])];
    const use = reading.run(text.replaceAll('\r\n', '\n'), { ...scene, args, directories });
    return use ?? (certain ? undefined : unread(reading));
  }
  if (mentionsApt(text)) return reads(reading);
  const row = rowOf(baseName(interpreter));
  const language = row?.language;
  return (language && useOfSources(language, reading)) ?? (certain && row !== undefined ? undefined : unread(reading));
}

/** `#!/usr/bin/env python3` */
function interpreterOf(text: string): string | undefined {
  const [, program, argument] = /^#!\s*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?/.exec(text) ?? [];
  return program !== undefined && baseName(program) === 'env' ? argument : program;
}
