import { rows } from './rows.js';
import type { Row } from './types.js';

/** Shells, and what they do themselves. */
export const shellRows: readonly Row[] = [
  ...rows('sh bash dash ash', {
    groups: ['shell', 'runs-strings', 'idle', 'names-files'],
    valued: ['-o', '-O', '--rcfile', '--init-file'],
  }),
  { name: 'zsh', groups: ['runs-strings', 'idle'] },
  ...rows('fish ksh', { groups: ['idle'] }),

  { name: 'cd', state: { kind: 'directory' }, groups: ['neutral', 'helper', 'apt-free'] },
  ...rows('pushd popd', { state: { kind: 'directory' }, groups: ['helper'] }),
  { name: 'export', state: { kind: 'environment', special: true }, groups: ['neutral', 'helper', 'apt-free'] },
  { name: 'unset', state: { kind: 'environment', special: true }, groups: ['helper'] },
  { name: 'readonly', state: { kind: 'environment', special: true } },
  ...rows('declare typeset', { state: { kind: 'environment' }, groups: ['helper'] }),
  {
    name: 'set',
    state: { kind: 'option', special: true },
    groups: ['neutral', 'helper', 'directory-free', 'owner-blind', 'apt-free'],
  },
  ...rows('umask ulimit', { state: { kind: 'setting' }, groups: ['helper'] }),
  { name: 'shopt', state: { kind: 'setting' } },
  { name: 'read', state: { kind: 'variables' }, groups: ['helper'] },
  { name: 'exit', state: { kind: 'exit', special: true }, groups: ['helper', 'settings'] },
  { name: 'return', state: { kind: 'exit', special: true }, groups: ['helper'] },
  { name: '.', state: { kind: 'other', special: true }, groups: ['helper', 'answers'] },
  ...rows('eval shift trap', { state: { kind: 'other', special: true }, groups: ['helper'] }),
  ...rows('break continue', { state: { kind: 'other', special: true } }),
  ...rows('source alias hash let', { state: { kind: 'other' }, groups: ['helper'] }),
  ...rows('unalias getopts enable mapfile readarray disown suspend logout coproc', { state: { kind: 'other' } }),
  { name: 'wait', state: { kind: 'other' }, groups: ['helper'], wrapper: { separator: true } },
  { name: 'times', state: { kind: 'none', special: true } },
  {
    name: ':',
    state: { kind: 'none', special: true },
    groups: ['neutral', 'helper', 'directory-free', 'settings', 'apt-free'],
  },
  ...rows('[[ local kill if', { groups: ['helper'] }),

  { name: 'type', groups: ['helper', 'settings'] },
  ...rows('test [', { groups: ['adds-no-file', 'neutral', 'helper', 'apt-free'] }),
  { name: 'true', groups: ['neutral', 'idle', 'directory-free', 'settings', 'owner-blind', 'apt-free'] },
  { name: 'false', groups: ['idle', 'directory-free'] },
  { name: 'sleep', groups: ['neutral', 'idle', 'directory-free', 'settings', 'apt-free'] },
  {
    name: 'echo',
    groups: [
      'adds-no-file',
      'prints',
      'feeds',
      'answers',
      'idle',
      'directory-free',
      'settings',
      'owner-blind',
      'apt-free',
    ],
  },
  {
    name: 'printf',
    state: { kind: 'variable' },
    valued: ['-v'],
    groups: ['adds-no-file', 'neutral', 'feeds', 'idle', 'directory-free', 'settings', 'apt-free'],
  },
];
