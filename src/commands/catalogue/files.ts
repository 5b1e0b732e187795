import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that work on files and archives. */
export const fileRows: readonly Row[] = [
  {
    name: 'mkdir',
    keepsDirectories: true,
    groups: ['files', 'helper', 'owner-blind', 'apt-free'],
    valued: ['-m', '--mode'],
    paths: { keeps: true },
  },
  {
    name: 'rm',
    keepsDirectories: true,
    groups: ['alters', 'adds-no-file', 'files', 'helper', 'owner-blind', 'apt-free'],
    paths: {},
  },
  { name: 'rmdir', keepsDirectories: true, groups: ['adds-no-file', 'files', 'apt-free'], paths: {} },
  {
    name: 'mv',
    keepsDirectories: true,
    groups: ['copies', 'alters', 'files', 'helper', 'apt-free'],
    valued: ['-S', '--suffix'],
    paths: {},
  },
  {
    name: 'cp',
    keepsDirectories: true,
    groups: ['copies', 'files', 'helper', 'apt-free'],
    valued: ['-S', '--suffix'],
    paths: {},
  },
  {
    name: 'ln',
    keepsDirectories: true,
    groups: ['files', 'helper', 'owner-blind', 'apt-free'],
    valued: ['-S', '--suffix'],
    paths: {},
  },
  {
    name: 'touch',
    keepsDirectories: true,
    groups: ['files', 'helper', 'owner-blind', 'apt-free'],
    valued: ['-d', '--date'],
    paths: { keeps: true },
  },
  {
    name: 'install',
    keepsDirectories: true,
    groups: ['files', 'helper', 'apt-free'],
    valued: ['-m', '-o', '-g', '-S', '--mode', '--owner', '--group', '--suffix'],
    paths: {},
  },
  { name: 'tee', keepsDirectories: true, groups: ['files', 'helper', 'apt-free'], paths: {} },
  {
    name: 'chmod',
    keepsDirectories: true,
    groups: ['alters', 'files', 'helper', 'owner-blind', 'apt-free'],
    paths: { leading: 1, dashed: true, keeps: true },
  },
  ...rows('chown chgrp', {
    keepsDirectories: true,
    groups: ['alters', 'files', 'owner-blind', 'apt-free', 'needs-root'],
    paths: { leading: 1, keeps: true },
  }),
  {
    name: 'sed',
    keepsDirectories: true,
    groups: ['files', 'answers', 'helper', 'apt-free'],
    valued: ['-e', '--expression', '-f', '--file'],
    paths: { leading: 1, given: ['-e', '--expression', '-f', '--file'] },
    calls: { script: 'sed' },
  },
  { name: 'mkfifo', keepsDirectories: true, groups: ['files', 'apt-free'], valued: ['-m', '--mode'], paths: {} },
  { name: 'truncate', keepsDirectories: true, groups: ['files', 'apt-free'], valued: ['-s', '--size'], paths: {} },
  { name: 'dos2unix', keepsDirectories: true, paths: {}, groups: ['apt-free'] },
  { name: 'mknod', keepsDirectories: true, groups: ['needs-root', 'apt-free'] },

  { name: 'cat', keepsDirectories: true, groups: ['prints', 'feeds', 'idle', 'apt-free'], paths: {} },
  { name: 'ls', keepsDirectories: true, groups: ['adds-no-file', 'idle', 'apt-free'], paths: { needed: true } },
  { name: 'du', keepsDirectories: true, groups: ['adds-no-file', 'apt-free'], paths: { needed: true } },
  {
    name: 'stat',
    keepsDirectories: true,
    groups: ['helper', 'apt-free'],
    valued: ['-c', '--format', '--printf'],
    paths: {},
  },
  {
    name: 'find',
    keepsDirectories: true,
    groups: ['adds-no-file', 'helper', 'apt-free'],
    calls: { options: ['-exec', '-execdir', '-ok', '-okdir'] },
  },
  ...rows('basename dirname', { keepsDirectories: true, groups: ['helper', 'apt-free'] }),
  ...rows('readlink realpath', { keepsDirectories: true, groups: ['helper', 'apt-free'] }),
  { name: 'mktemp', keepsDirectories: true, groups: ['helper', 'settings', 'apt-free'] },

  { name: 'tar', keepsDirectories: true, groups: ['copies', 'unpack', 'names-files', 'helper', 'apt-free'] },
  { name: 'unzip', keepsDirectories: true, groups: ['unpack', 'names-files', 'helper', 'apt-free'] },
  { name: 'bsdtar', keepsDirectories: true, groups: ['unpack', 'apt-free'] },
  { name: 'gunzip', keepsDirectories: true, groups: ['names-files', 'helper', 'apt-free'] },
  ...rows('gzip bzip2 bunzip2 xz unxz zstd unzstd lz4 zcat xzcat bzcat', {
    keepsDirectories: true,
    groups: ['apt-free'],
  }),
  ...rows('7z 7za 7zr unrar zip cpio ar', {
    groups: ['apt-free'],
  }),
  { name: 'rsync', groups: ['copies', 'apt-free'] },
  ...rows('dd sync patch file split lsattr chattr getfacl setfacl getcap tree chcon restorecon', {
    groups: ['apt-free'],
  }),
];
