/**
 * Whether a script may take away the directory that each RUN starts in: the builder makes it again for a RUN of its own, the second
 * half of a joined one would miss it. Only what is known to leave directories where they are passes.
 */
import { UNKNOWN_DIRECTORY, imagePath } from '../paths.js';
import { refuse, type Refusal } from '../refusal.js';
import { parseScript } from '../shell/parse.js';
import type { Command, Script } from '../shell/types.js';
import { setsVariables } from './environment-files.js';
import { calledBy, type Called } from './called.js';
import { keepsDirectories, takenWords, type TakenWord } from './directory-removal.js';
import { programOf, type Program } from './program.js';
import { isSetupScript } from './setup-scripts.js';
import { short } from './short.js';
import { mayHold, type Place } from './taken-paths.js';

/** @param directory undefined where it is not known */
export function lostDirectory(script: Script, directory: string | undefined): Refusal | undefined {
  // Nothing can take the root away.
  return directory === '/' ? undefined : lossIn(script, { directory, folders: [directory ?? UNKNOWN_DIRECTORY] });
}

function lossIn(script: Script, outer: Place): Refusal | undefined {
  if (script.error !== undefined) return unknown(script.text);
  const place = { ...outer, folders: foldersOf(script, outer.folders) };
  const functions = new Set(script.compounds.flatMap(({ kind, name }) => (kind === 'function' ? [name] : [])));
  for (const command of script.commands) {
    if (command.name === undefined || functions.has(command.name.value)) continue;
    const found = lossBy(script, command, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Those that it starts in or moves to; undefined for one that is not known. */
function foldersOf({ commands }: Script, start: Place['folders']): Place['folders'] {
  const folders = new Set(start);
  for (const command of commands) {
    const program = programOf(command);
    if (program?.row?.state?.kind !== 'directory') continue;
    const to = program.args.find(({ text }) => !text.startsWith('-'))?.value;
    for (const folder of [...folders])
      folders.add(
        to === undefined || (folder === undefined && !to.startsWith('/')) ? undefined : imagePath(folder, to),
      );
  }
  return [...folders];
}

function lossBy(script: Script, command: Command, place: Place): Refusal | undefined {
  const text = script.text.slice(command.start, command.end);
  const program = programOf(command);
  if (program === undefined) return unknown(text);
  if (isSetupScript(script, command)) return undefined;
  const lost = takenWords(program).find((word) => mayHold(script, word, place));
  if (lost !== undefined) return taken(lost);
  for (const called of calledBy(program)) {
    const found = lossByCalled(called, program, text, place);
    if (found !== undefined) return found;
  }
  return keepsDirectories(command, program, place.directory) ? undefined : unknown(text);
}

function lossByCalled(called: Called, { row }: Program, text: string, place: Place): Refusal | undefined {
  if (row?.calls?.elsewhere === true || called.kind === 'input' || called.kind === 'unread') return unknown(text);
  if (called.kind === 'file') return setsVariables(called.path.text.replace(/["']/g, '')) ? undefined : unknown(text);
  const more = row?.calls?.appends === true ? ' "$@"' : '';
  return lossIn(parseScript(called.text + more), place);
}

function taken({ text, inside }: TakenWord): Refusal {
  const what = inside === true ? `may take what is in \`${text}\`` : `takes \`${text}\``;
  return refuse('directory-lost', `the first one ${what} away, where the second one may start: a RUN gets it anew`);
}

function unknown(text: string): Refusal {
  return refuse(
    'directory-unproven',
    `whether \`${short(text)}\` leaves the directory in place where the second one starts is not known: a RUN gets it anew`,
  );
}
