import { isIn, rowOf } from './catalogue/index.js';
import { takenWords } from './directory-removal.js';
import { programOf } from './program.js';
import type { Command } from '../shell/types.js';

const ASKS_ONLY = /^(?:-v|-V|-h|-t|--version|--help|--validate|--initialize\S*|--bootstrap\S*)$/;
/** The builder mounts these anew for every RUN. */
const ONE_RUN_FILES =
  /^["']?\/(?:etc\/(?:hosts|resolv\.conf|hostname)|dev(?:["']?$|\/(?!(?:null|zero|full|u?random|std(?:in|out|err)|fd|tty)\b))|proc\/sys|sys\/)/;

/**
 * What a command leaves that ends with its RUN though not with its shell: a server that goes on running, a file that the
 * builder mounts. A command joined to it would find it.
 */
export function lastingEffect(command: Command): string | undefined {
  const targets = command.redirections.map(({ target }) => target ?? '');
  const device = remadeDevice(command);
  if (device !== undefined) return device;
  const file = [...targets, ...command.args.map(({ text }) => text)].find((text) => ONE_RUN_FILES.test(text));
  if (file !== undefined) return file;
  const program = programOf(command);
  if (program === undefined) return undefined;
  const left = program.wrappers.find((wrapper) => isIn(rowOf(wrapper), 'daemon'));
  if (left !== undefined) return `what ${left} starts`;
  const { name, args, word, row } = program;
  const texts = args.map(({ text }) => text);
  const starts = texts.some((text) => /^(?:re)?start$|^--now$/.test(text));
  const daemon =
    (isIn(row, 'daemon') && !texts.some((text) => ASKS_ONLY.test(text))) ||
    (starts && (isIn(row, 'starts-services') || /\/init\.d\//.test(word.text))) ||
    texts.some((text) => /^--(?:daemon|daemonize|detach|fork)(?:=|$)/.test(text)) ||
    (isIn(row, 'runs-strings') && texts.some((text) => /(?:^|[^&>])&(?![&>\d])/.test(text)));
  if (daemon) return `what ${name} starts`;
  return isIn(row, 'one-run') && texts.length > 0 ? `what ${name} sets` : undefined;
}

/** A device that it removes, replaces, or gives another mode or owner: each RUN gets those anew. */
function remadeDevice(command: Command): string | undefined {
  const program = programOf(command);
  if (program === undefined) return undefined;
  const { name, args, row } = program;
  const words = /^(?:chmod|chown|chgrp|mknod|mkfifo)$/.test(name) ? args : row?.paths ? takenWords(program) : [];
  return words.find(({ text }) => /^["']?\/dev\//.test(text))?.text;
}
