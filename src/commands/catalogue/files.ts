import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that work on files and archives. */
export const fileRows: readonly Row[] = [
  {
    name: 'mkdir',
    groups: ['files', 'helper', 'owner-blind', 'apt-free'],
    valued: ['-m', '--mode'],
    paths: { keeps: true },
  },
  { name: 'rm', groups: ['alters', 'adds-no-file', 'files', 'helper', 'owner-blind', 'apt-free'], paths: {} },
  { name: 'rmdir', groups: ['adds-no-file', 'files', 'apt-free'], paths: {} },
  { name: 'mv', groups: ['copies', 'alters', 'files', 'helper', 'apt-free'], valued: ['-S', '--suffix'], paths: {} },
  { name: 'cp', groups: ['copies', 'files', 'helper', 'apt-free'], valued: ['-S', '--suffix'], paths: {} },
  { name: 'ln', groups: ['files', 'helper', 'owner-blind', 'apt-free'], valued: ['-S', '--suffix'], paths: {} },
  {
    name: 'touch',
    groups: ['files', 'helper', 'owner-blind', 'apt-free'],
    valued: ['-d', '--date'],
    paths: { keeps: true },
  },
  {
    name: 'install',
    groups: ['files', 'helper', 'apt-free'],
    valued: ['-m', '-o', '-g', '-S', '--mode', '--owner', '--group', '--suffix'],
    paths: {},
  },
  { name: 'tee', groups: ['files', 'helper', 'apt-free'], paths: {} },
  {
    name: 'chmod',
    groups: ['alters', 'files', 'helper', 'owner-blind', 'apt-free'],
    paths: { leading: 1, dashed: true, keeps: true },
  },
  ...rows('chown chgrp', {
    groups: ['alters', 'files', 'owner-blind', 'apt-free', 'needs-root'],
    paths: { leading: 1, keeps: true },
  }),
  {
    name: 'sed',
    groups: ['files', 'answers', 'helper', 'apt-free'],
    valued: ['-e', '--expression'],
    paths: { leading: 1, given: ['-e', '--expression'] },
  },
  { name: 'mkfifo', groups: ['files', 'apt-free'], valued: ['-m', '--mode'], paths: {} },
  { name: 'truncate', groups: ['files', 'apt-free'], valued: ['-s', '--size'], paths: {} },
  { name: 'dos2unix', paths: {}, groups: ['apt-free'] },
  { name: 'mknod', groups: ['needs-root', 'apt-free'] },

  { name: 'cat', groups: ['prints', 'feeds', 'idle', 'apt-free'], paths: {} },
  { name: 'ls', groups: ['adds-no-file', 'idle', 'apt-free'], paths: { needed: true } },
  { name: 'du', groups: ['adds-no-file', 'apt-free'], paths: { needed: true } },
  { name: 'stat', groups: ['helper', 'apt-free'], valued: ['-c', '--format', '--printf'], paths: {} },
  {
    name: 'find',
    groups: ['adds-no-file', 'helper', 'apt-free'],
    calls: { options: ['-exec', '-execdir', '-ok', '-okdir'] },
  },
  ...rows('basename dirname', { groups: ['helper', 'apt-free'] }),
  ...rows('readlink realpath', { groups: ['helper', 'apt-free'] }),
  { name: 'mktemp', groups: ['helper', 'settings', 'apt-free'] },

  { name: 'tar', groups: ['copies', 'unpack', 'names-files', 'helper', 'apt-free'] },
  { name: 'unzip', groups: ['unpack', 'names-files', 'helper', 'apt-free'] },
  { name: 'bsdtar', groups: ['unpack', 'apt-free'] },
  { name: 'gunzip', groups: ['names-files', 'helper', 'apt-free'] },
  ...rows('gzip bzip2 bunzip2 xz unxz zstd unzstd lz4 7z 7za 7zr unrar zip cpio zcat xzcat bzcat ar', {
    groups: ['apt-free'],
  }),
  { name: 'rsync', groups: ['copies', 'apt-free'] },
  ...rows('dd sync patch file split lsattr chattr getfacl setfacl getcap tree chcon restorecon', {
    groups: ['apt-free'],
  }),
];
