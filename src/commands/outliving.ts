import { programOf } from './program.js';
import type { Command } from '../shell/types.js';

const SERVICE_TOOLS = new Set(
  'service invoke-rc.d rc-service systemctl initctl pg_ctl pg_ctlcluster apachectl apache2ctl httpd postfix'.split(' '),
);
const DAEMONS = new Set(
  'start-stop-daemon mysqld mysqld_safe mariadbd mariadbd-safe mongod redis-server dockerd containerd supervisord Xvfb nginx sshd cron crond rsyslogd memcached dbus-daemon dbus-launch ssh-agent rabbitmq-server nohup setsid daemonize screen tmux'.split(
    ' ',
  ),
);
const ONE_RUN_TOOLS = new Set('mount umount sysctl hostname swapon swapoff modprobe losetup ifconfig'.split(' '));
const ASKS_ONLY = /^(?:-v|-V|-h|-t|--version|--help|--validate|--initialize\S*|--bootstrap\S*)$/;
/** The builder mounts these anew for every RUN. */
const ONE_RUN_FILES = /^["']?\/(?:etc\/(?:hosts|resolv\.conf|hostname)|dev\/shm|proc\/sys|sys\/)/;
const STRING_RUNNERS = new Set('sh bash dash ash zsh su runuser'.split(' '));

/**
 * What a command leaves that ends with its RUN though not with its shell: a server that goes on running, a file that the
 * builder mounts. A command joined to it would find it.
 */
export function lastingEffect(command: Command): string | undefined {
  const targets = command.redirections.map(({ target }) => target ?? '');
  const file = [...targets, ...command.args.map(({ text }) => text)].find((text) => ONE_RUN_FILES.test(text));
  if (file !== undefined) return file;
  const program = programOf(command);
  if (program === undefined) return undefined;
  const left = program.wrappers.find((wrapper) => wrapper === 'nohup' || wrapper === 'setsid');
  if (left !== undefined) return `what ${left} starts`;
  const { name, args, word } = program;
  const texts = args.map(({ text }) => text);
  const starts = texts.some((text) => /^(?:re)?start$|^--now$/.test(text));
  const daemon =
    (DAEMONS.has(name) && !texts.some((text) => ASKS_ONLY.test(text))) ||
    (starts && (SERVICE_TOOLS.has(name) || /\/init\.d\//.test(word.text))) ||
    texts.some((text) => /^--(?:daemon|daemonize|detach|fork)(?:=|$)/.test(text)) ||
    (STRING_RUNNERS.has(name) && texts.some((text) => /(?:^|[^&>])&(?![&>\d])/.test(text)));
  if (daemon) return `what ${name} starts`;
  return ONE_RUN_TOOLS.has(name) && texts.length > 0 ? `what ${name} sets` : undefined;
}
