import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that run the command which their own words are followed by. */
export const wrapperRows: readonly Row[] = [
  {
    name: 'sudo',
    wrapper: {
      assigns: true,
      asks: ['-l', '-v', '-V', '-k', '-K', '-e', '--list', '--validate', '--version', '--edit'],
    },
    valued: [
      ...['-u', '-g', '-h', '-p', '-C', '-D', '-R', '-r', '-t', '-T'],
      ...['--user', '--group', '--chdir', '--prompt'],
    ],
    groups: ['drops-privileges'],
  },
  { name: 'doas', wrapper: {}, valued: ['-u', '-C'], groups: ['drops-privileges'] },
  ...rows('gosu su-exec', { wrapper: { operands: 1 }, groups: ['drops-privileges'] }),
  ...rows('su runuser', { groups: ['drops-privileges', 'runs-strings'] }),
  ...rows('setpriv setuidgid s6-setuidgid chpst kctf_drop_privs', { groups: ['drops-privileges'] }),

  {
    name: 'env',
    wrapper: { assigns: true, splits: ['-S', '--split-string'] },
    valued: ['-u', '-C', '-S', '--unset', '--chdir', '--split-string'],
    groups: ['idle', 'apt-free'],
  },
  { name: 'exec', wrapper: {}, valued: ['-a'], state: { kind: 'replaces', special: true }, groups: ['helper'] },
  { name: 'command', wrapper: { builtins: true, asks: ['-v', '-V'] }, groups: ['helper'] },
  { name: 'builtin', wrapper: { builtins: true } },
  { name: 'time', wrapper: {}, valued: ['-f', '-o', '--format', '--output'] },
  { name: 'nice', wrapper: {}, valued: ['-n', '--adjustment'] },
  { name: 'ionice', wrapper: {}, valued: ['-c', '-n', '--class', '--classdata'] },
  { name: 'stdbuf', wrapper: {}, valued: ['-i', '-o', '-e', '--input', '--output', '--error'] },
  { name: 'timeout', wrapper: { operands: 1 }, valued: ['-s', '-k', '--signal', '--kill-after'] },
  ...rows('nohup setsid', { wrapper: {}, groups: ['daemon'] }),
  ...rows('fakeroot chronic eatmydata', { wrapper: {} }),
  { name: 'setarch', wrapper: {} },
  {
    name: 'xvfb-run',
    wrapper: {},
    valued: [
      ...['-e', '-f', '-n', '-p', '-s', '-w'],
      ...['--error-file', '--auth-file', '--server-num', '--xauth-protocol', '--server-args', '--wait'],
    ],
  },

  { name: 'tini', wrapper: {}, valued: ['-p', '-e'] },
  { name: 'dumb-init', wrapper: {}, valued: ['-r', '--rewrite'] },
  { name: 'catatonit', wrapper: {} },
  ...rows('wait-for-it wait-for wait-port', { wrapper: { separator: true } }),
  ...rows('wait-for-it.sh wait-for.sh wait.sh dockerize dockerize.sh wait-port.sh', { wrapper: { separator: true } }),
  ...rows('docker-entrypoint.sh docker-php-entrypoint __cacert_entrypoint.sh nvidia_entrypoint.sh', {
    groups: ['entrypoint'],
  }),

  ...rows('opentelemetry-instrument ddtrace-run', { wrapper: {} }),
  { name: 'newrelic-admin', wrapper: { subcommand: 'run-program' } },
  { name: 'cross-env', wrapper: { assigns: true } },
  { name: 'dotenv', wrapper: { assigns: true }, valued: ['-e', '-f', '-v', '-c'] },
];
