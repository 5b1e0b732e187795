import { rows } from './rows.js';
import type { Row } from './types.js';

/** Shells, and what they do themselves. */
export const shellRows: readonly Row[] = [
  ...rows('sh bash dash ash', {
    groups: ['shell', 'runs-strings', 'idle', 'names-files', 'apt-free'],
    valued: ['-o', '-O', '--rcfile', '--init-file'],
  }),
  { name: 'zsh', groups: ['runs-strings', 'idle'] },
  ...rows('fish ksh', { groups: ['idle'] }),

  { name: 'cd', state: { kind: 'directory' }, groups: ['neutral', 'helper', 'apt-free'] },
  ...rows('pushd popd', { state: { kind: 'directory' }, groups: ['helper', 'apt-free'] }),
  { name: 'export', state: { kind: 'environment', special: true }, groups: ['neutral', 'helper', 'apt-free'] },
  { name: 'unset', state: { kind: 'environment', special: true }, groups: ['helper', 'apt-free'] },
  { name: 'readonly', state: { kind: 'environment', special: true }, groups: ['apt-free'] },
  ...rows('declare typeset', { state: { kind: 'environment' }, groups: ['helper', 'apt-free'] }),
  {
    name: 'set',
    state: { kind: 'option', special: true },
    groups: ['neutral', 'helper', 'directory-free', 'owner-blind', 'apt-free'],
  },
  ...rows('umask ulimit', { state: { kind: 'setting' }, groups: ['helper', 'apt-free'] }),
  { name: 'shopt', state: { kind: 'setting' }, groups: ['apt-free'] },
  { name: 'read', state: { kind: 'variables' }, groups: ['helper', 'apt-free'] },
  { name: 'exit', state: { kind: 'exit', special: true }, groups: ['helper', 'settings', 'apt-free'] },
  { name: 'return', state: { kind: 'exit', special: true }, groups: ['helper', 'apt-free'] },
  {
    name: '.',
    state: { kind: 'other', special: true },
    groups: ['helper', 'answers', 'apt-free'],
    calls: { file: true },
  },
  { name: 'eval', state: { kind: 'other', special: true }, groups: ['helper', 'apt-free'], calls: { script: 'all' } },
  { name: 'trap', state: { kind: 'other', special: true }, groups: ['helper', 'apt-free'], calls: { script: 'first' } },
  { name: 'shift', state: { kind: 'other', special: true }, groups: ['helper', 'apt-free'] },
  ...rows('break continue', { state: { kind: 'other', special: true }, groups: ['apt-free'] }),
  { name: 'source', state: { kind: 'other' }, groups: ['helper', 'apt-free'], calls: { file: true } },
  ...rows('alias hash let', { state: { kind: 'other' }, groups: ['helper', 'apt-free'] }),
  ...rows('unalias getopts enable mapfile readarray disown suspend logout', {
    state: { kind: 'other' },
    groups: ['apt-free'],
  }),
  { name: 'coproc', state: { kind: 'other' } },
  { name: 'wait', state: { kind: 'other' }, groups: ['helper', 'apt-free'], wrapper: { separator: true } },
  { name: 'times', state: { kind: 'none', special: true }, groups: ['apt-free'] },
  {
    name: ':',
    state: { kind: 'none', special: true },
    groups: ['neutral', 'helper', 'directory-free', 'settings', 'apt-free'],
  },
  ...rows('[[ local kill if', { groups: ['helper', 'apt-free'] }),

  { name: 'type', groups: ['helper', 'settings', 'apt-free'] },
  ...rows('test [', { groups: ['adds-no-file', 'neutral', 'helper', 'apt-free'] }),
  { name: 'true', groups: ['neutral', 'idle', 'directory-free', 'settings', 'owner-blind', 'apt-free'] },
  { name: 'false', groups: ['idle', 'directory-free', 'apt-free'] },
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
