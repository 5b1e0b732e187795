import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that run the command which their own words are followed by. */
export const wrapperRows: readonly Row[] = [
  {
    name: 'sudo',
    keepsDirectories: true,
    wrapper: {
      assigns: true,
      asks: ['-l', '-v', '-V', '-k', '-K', '-e', '--list', '--validate', '--version', '--edit'],
    },
    valued: [
      ...['-u', '-g', '-h', '-p', '-C', '-D', '-R', '-r', '-t', '-T'],
      ...['--user', '--group', '--chdir', '--prompt'],
    ],
    groups: ['drops-privileges', 'apt-free'],
  },
  { name: 'doas', wrapper: {}, valued: ['-u', '-C'], groups: ['drops-privileges', 'apt-free'] },
  ...rows('gosu su-exec', { wrapper: { operands: 1 }, groups: ['drops-privileges', 'apt-free'] }),
  ...rows('su runuser', {
    keepsDirectories: true,
    groups: ['drops-privileges', 'runs-strings', 'apt-free'],
    valued: ['-c', '--command', '-s', '--shell', '-g', '-G', '-w', '--session-command'],
    calls: { script: 'option' },
  }),
  ...rows('setpriv setuidgid s6-setuidgid chpst kctf_drop_privs', {
    groups: ['drops-privileges', 'apt-free'],
    valued: ['-u', '--reuid', '--regid', '--groups', '--inh-caps', '--ambient-caps', '--bounding-set'],
    calls: { words: 0 },
  }),
  { name: 'setuser', keepsDirectories: true, groups: ['drops-privileges', 'apt-free'], calls: { words: 1 } },
  {
    name: 'retry',
    keepsDirectories: true,
    valued: ['-t', '--times', '-d', '--delay', '-n', '--max', '-s', '--sleep'],
    calls: { words: 0 },
    groups: ['apt-free'],
  },

  {
    name: 'env',
    keepsDirectories: true,
    wrapper: { assigns: true, splits: ['-S', '--split-string'] },
    valued: ['-u', '-C', '-S', '--unset', '--chdir', '--split-string'],
    groups: ['idle', 'apt-free'],
  },
  {
    name: 'exec',
    keepsDirectories: true,
    wrapper: {},
    valued: ['-a'],
    state: { kind: 'replaces', special: true },
    groups: ['helper', 'apt-free'],
  },
  {
    name: 'command',
    keepsDirectories: true,
    wrapper: { builtins: true, asks: ['-v', '-V'] },
    groups: ['helper', 'apt-free'],
  },
  { name: 'builtin', wrapper: { builtins: true }, groups: ['apt-free'] },
  { name: 'time', wrapper: {}, valued: ['-f', '-o', '--format', '--output'], groups: ['apt-free'] },
  { name: 'nice', wrapper: {}, valued: ['-n', '--adjustment'], groups: ['apt-free'] },
  { name: 'ionice', wrapper: {}, valued: ['-c', '-n', '--class', '--classdata'], groups: ['apt-free'] },
  { name: 'stdbuf', wrapper: {}, valued: ['-i', '-o', '-e', '--input', '--output', '--error'], groups: ['apt-free'] },
  { name: 'timeout', wrapper: { operands: 1 }, valued: ['-s', '-k', '--signal', '--kill-after'], groups: ['apt-free'] },
  ...rows('nohup setsid', { wrapper: {}, groups: ['daemon', 'apt-free'] }),
  ...rows('fakeroot chronic eatmydata', { wrapper: {}, groups: ['apt-free'] }),
  // Its applets are called as the programs are.
  { name: 'busybox', wrapper: {}, groups: ['apt-free'] },
  { name: 'setarch', wrapper: {}, groups: ['apt-free'] },
  {
    name: 'xvfb-run',
    wrapper: {},
    valued: [
      ...['-e', '-f', '-n', '-p', '-s', '-w'],
      ...['--error-file', '--auth-file', '--server-num', '--xauth-protocol', '--server-args', '--wait'],
    ],
    groups: ['apt-free'],
  },

  { name: 'tini', wrapper: {}, valued: ['-p', '-e'], groups: ['apt-free'] },
  { name: 'dumb-init', wrapper: {}, valued: ['-r', '--rewrite'], groups: ['apt-free'] },
  { name: 'catatonit', wrapper: {}, groups: ['apt-free'] },
  ...rows('wait-for-it wait-for wait-port', { wrapper: { separator: true }, groups: ['apt-free'] }),
  ...rows('wait-for-it.sh wait-for.sh wait.sh dockerize dockerize.sh wait-port.sh', {
    wrapper: { separator: true },
    groups: ['apt-free'],
  }),
  ...rows('docker-entrypoint.sh docker-php-entrypoint __cacert_entrypoint.sh nvidia_entrypoint.sh', {
    groups: ['entrypoint', 'apt-free'],
    calls: { words: 0 },
  }),

  ...rows('opentelemetry-instrument ddtrace-run', { wrapper: {}, groups: ['apt-free'] }),
  { name: 'newrelic-admin', wrapper: { subcommand: 'run-program' }, groups: ['apt-free'] },
  { name: 'cross-env', wrapper: { assigns: true }, groups: ['apt-free'] },
  { name: 'dotenv', wrapper: { assigns: true }, valued: ['-e', '-f', '-v', '-c'], groups: ['apt-free'] },
];
