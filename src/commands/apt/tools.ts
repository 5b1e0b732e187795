/** What the programs of the catalogue do with the apt lists: by themselves, and with the files of the project. */
import { baseName } from '../../paths.js';
import type { ShellWord } from '../../shell/types.js';
import { readArguments } from '../arguments.js';
import { isIn, rowOf } from '../catalogue/index.js';
import type { Row } from '../catalogue/types.js';
import type { Program } from '../program.js';
import { filesAt, INSTALLS } from './files.js';
import { useOfTargets } from './makefile.js';
import { mentionsApt } from './mention.js';
import { useOfPackageScripts } from './package-scripts.js';
import type { Scene } from './scene.js';
import { reads, unread, useOfSources, type AptUse, type Reading } from './use.js';
import { valueIn } from './words.js';

export function useOfTool(program: Program, reading: Reading): AptUse | undefined {
  const { row, args } = program;
  const { scene } = reading;
  if (row === undefined) return useOfUnknown(program, reading);
  if (row.calls?.project === 'make') return useOfTargets(program, reading);
  if (row.calls?.project === 'playbook') return scene.sources.known ? useOfSources('yaml', reading) : unread(reading);
  if (isIn(row, 'runs-configured')) return scene.printsApt() ? reads(reading) : useOfSources('configured', reading);
  if (row.runs !== undefined && args[0]?.text === row.runs) {
    const given = args.slice(1);
    // A single word is given to a shell.
    const script = given.length === 1 ? given[0]?.value : undefined;
    return reading.run(script ?? given.map(({ text }) => text).join(' '), { ...scene, tools: true });
  }
  if (row.language === 'node' && row.manager !== undefined) return useOfPackageScripts(program, reading);
  if (row.language !== undefined) return useOfLanguage(program, row, reading);
  if (isIn(row, 'idle') && args.every(({ text }) => /^-[^c]$/.test(text))) return undefined;
  if (!isIn(row, 'apt-free')) return unread(reading);
  if (isGivenApt(row, args)) return reads(reading);
  return isIn(row, 'builder', 'development-server', 'tester') ? useOfSources('any', reading) : undefined;
}

/** A command line of apt is among its words, or apt itself: `git -c alias.x='!apt-get …'`, `start-stop-daemon --exec apt-get`. */
function isGivenApt(row: Row, args: readonly ShellWord[]): boolean {
  if (row.paths !== undefined || row.state !== undefined || row.calls !== undefined) return false;
  if (isIn(row, 'shell', 'other-shell', 'adds-no-file', 'prints', 'settings')) return false;
  return args.some(({ value, text }) => {
    const word = value ?? text;
    return /\s/.test(word) ? mentionsApt(word) : baseName(word) === 'apt-get';
  });
}

/** Not in the catalogue: a tool of the project's packages, or a program that the image installs by that name or makes. */
function useOfUnknown(program: Program, reading: Reading): AptUse | undefined {
  const isBare = !program.word.text.includes('/');
  if (isMade(program, reading.scene)) return useOfSources('any', reading);
  return isBare && reading.scene.tools ? undefined : unread(reading);
}

const SYSTEM_FOLDER = /^\/(?:usr\/)?s?bin\//;

function isMade({ name, word: { text } }: Program, scene: Scene): boolean {
  if (/\.(?:sh|bash|py|rb|pl|php|run|bin)$/.test(name) || INSTALLS.test(name)) return false;
  if (scene.brings(name) && (!text.includes('/') || /\/s?bin\//.test(text))) return true;
  return scene.compiles() && !SYSTEM_FOLDER.test(text);
}

const SCRIPT = /\.(?:py|rb|pl|php|[cm]?[jt]s|R|lua)$/;
/** Folders that a build fills out of the sources. */
const BUILT = /(?:^|\/)(?:dist|build|out|lib|\.next|\.output)\//;

/** `python manage.py migrate`, `node -e '…'`, `gunicorn app:app` */
function useOfLanguage({ args }: Program, row: Row, reading: Reading): AptUse | undefined {
  const { scene } = reading;
  if (args.some(({ text }) => mentionsApt(text))) return reads(reading);
  const [file] = readArguments(args, row, true).operands;
  const path = file && valueIn(file, scene);
  if (isIn(row, 'interpreter') && path !== undefined && SCRIPT.test(path)) {
    const found = filesAt(path, scene);
    if (found.some(({ text }) => text !== undefined && mentionsApt(text))) return reads(reading);
    const isUnread = found.every(({ text, made }) => text === undefined && !made) && !BUILT.test(path);
    const isKnown = isIn(rowOf(baseName(path)), 'apt-free');
    if (isUnread && !isKnown && (scene.sources.known || INSTALLS.test(path))) return unread(reading);
  }
  return useOfSources(row.language ?? 'any', reading);
}
