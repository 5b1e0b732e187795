import { rows } from './rows.js';
import type { Row } from './types.js';

/** Options with a value of useradd and of both kinds of adduser. */
const NEW_ACCOUNT = [
  ...['-b', '-c', '-d', '-e', '-f', '-g', '-G', '-k', '-K', '-p', '-s', '-u', '-h'],
  ...['--uid', '--gid', '--home', '--home-dir', '--shell', '--groups', '--ingroup', '--gecos', '--comment'],
  ...['--password', '--base-dir', '--skel'],
];

/** Programs that make and change accounts and groups. */
export const accountRows: readonly Row[] = [
  ...rows('useradd adduser', {
    keepsDirectories: true,
    creates: 'account',
    groups: ['accounts', 'settings', 'directory-free', 'owner-blind', 'apt-free', 'needs-root'],
    valued: NEW_ACCOUNT,
  }),
  ...rows('groupadd addgroup', {
    keepsDirectories: true,
    creates: 'group',
    groups: ['accounts', 'settings', 'directory-free', 'owner-blind', 'apt-free', 'needs-root'],
  }),
  {
    name: 'usermod',
    keepsDirectories: { unless: ['-m', '--move-home'] },
    groups: ['accounts', 'settings', 'directory-free', 'owner-blind', 'apt-free', 'needs-root'],
  },
  ...rows('groupmod passwd chpasswd', {
    keepsDirectories: true,
    groups: ['accounts', 'settings', 'directory-free', 'apt-free', 'needs-root'],
  }),
  ...rows('deluser userdel', {
    keepsDirectories: { unless: ['-r', '-f', '--remove', '--force', '--remove-home', '--remove-all-files'] },
    groups: ['needs-root', 'apt-free'],
  }),
];
