/** Whether what follows in a script takes back what came before: it then ends in no layer, unless the two are parted. */
import { isCacheCleanup } from './caches.js';
import type { Script, ShellRange } from '../shell/types.js';

const VERBS =
  'rm rmdir unlink shred rimraf trash truncate unset uninstall remove del delete purge autoremove prune logout clean cleanup erase clear revoke reset disable userdel deluser'.split(
    ' ',
  );
/** As a word of its own, wherever: as a program, as what a program is told, in a script that is an argument. */
const TAKES = new RegExp(`(?:^|[\\s"'\`;&|({])((?:-{0,2})(?:${VERBS.join('|')})|-delete|-exec)(?=$|[\\s"'\`;&|)}=])`);
const OVERWRITES = /(?:^|[\s;&|(])(?:mv|cp|tee|sed|ln|install)\s|>/;

/** The word by which it does so; undefined where it doesn't. What empties a cache takes nothing back that anybody needs. */
export function takesBack(script: Script, rest: ShellRange): string | undefined {
  const before = script.text.slice(0, rest.start);
  const after = withoutCleanups(script, rest);
  const verb = TAKES.exec(after)?.[1];
  if (verb !== undefined || !OVERWRITES.test(after)) return verb;
  const written = new Set(after.split(/[\s;&|>"']+/));
  return before.split(/[\s;&|>"']+/).find((word) => /[./~]/.test(word) && word.length > 1 && written.has(word));
}

function withoutCleanups({ text, commands }: Script, rest: ShellRange): string {
  let [kept, at] = ['', rest.start];
  for (const command of commands) {
    if (command.start < at || !isCacheCleanup(command)) continue;
    kept += text.slice(at, command.start);
    at = command.end;
  }
  return kept + text.slice(at);
}
