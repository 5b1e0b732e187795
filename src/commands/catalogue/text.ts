import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that read text and print text. */
export const textRows: readonly Row[] = [
  { name: 'grep', keepsDirectories: true, groups: ['filter', 'answers', 'helper', 'apt-free'] },
  { name: 'cut', keepsDirectories: true, groups: ['filter', 'answers', 'helper', 'apt-free'] },
  {
    name: 'awk',
    aliases: ['gawk', 'mawk', 'nawk'],
    keepsDirectories: true,
    groups: ['filter', 'answers', 'helper', 'apt-free'],
  },
  ...rows('head sort', { keepsDirectories: true, groups: ['filter', 'helper', 'apt-free'] }),
  { name: 'tail', keepsDirectories: true, groups: ['filter', 'idle', 'apt-free'] },
  ...rows('egrep wc tr', { keepsDirectories: true, groups: ['filter', 'helper', 'apt-free'] }),
  { name: 'sha256sum', keepsDirectories: true, groups: ['helper', 'apt-free'] },
  ...rows('jq seq rev expr envsubst base64 md5sum', {
    keepsDirectories: true,
    groups: ['answers', 'helper', 'apt-free'],
  }),
  ...rows('uniq openssl', { keepsDirectories: true, groups: ['helper', 'apt-free'] }),
  {
    name: 'xargs',
    keepsDirectories: true,
    groups: ['helper', 'apt-free'],
    valued: [
      ...['-a', '-d', '-E', '-I', '-L', '-n', '-P', '-s', '--arg-file', '--delimiter', '--replace', '--max-args'],
      ...['--max-lines', '--max-procs', '--max-chars', '--eof'],
    ],
    calls: { words: 0, appends: true },
  },
  ...rows('fgrep diff cmp comm paste nl od hexdump xxd strings iconv column fold fmt tac shuf', {
    keepsDirectories: true,
    groups: ['filter', 'apt-free'],
  }),
  ...rows('sha1sum sha512sum sha384sum cksum xmllint xsltproc yq dasel msgfmt', {
    keepsDirectories: true,
    groups: ['apt-free'],
  }),
  { name: 'yes', keepsDirectories: true, groups: ['feeds', 'idle', 'apt-free'] },
];
