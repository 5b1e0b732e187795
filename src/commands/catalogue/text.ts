import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that read text and print text. */
export const textRows: readonly Row[] = [
  { name: 'grep', groups: ['filter', 'answers', 'helper', 'apt-free'] },
  { name: 'cut', groups: ['filter', 'answers', 'helper', 'apt-free'] },
  { name: 'awk', groups: ['filter', 'answers', 'helper', 'apt-free'] },
  ...rows('head sort', { groups: ['filter', 'helper', 'apt-free'] }),
  { name: 'tail', groups: ['filter', 'idle', 'apt-free'] },
  ...rows('egrep wc tr', { groups: ['filter', 'helper', 'apt-free'] }),
  { name: 'sha256sum', groups: ['helper', 'apt-free'] },
  ...rows('jq seq uniq rev expr envsubst base64 md5sum openssl', { groups: ['helper', 'apt-free'] }),
  {
    name: 'xargs',
    groups: ['helper', 'apt-free'],
    valued: [
      ...['-a', '-d', '-E', '-I', '-L', '-n', '-P', '-s', '--arg-file', '--delimiter', '--replace', '--max-args'],
      ...['--max-lines', '--max-procs', '--max-chars', '--eof'],
    ],
    calls: { words: 0 },
  },
  ...rows('fgrep diff cmp comm paste nl od hexdump xxd strings iconv column fold fmt tac shuf', {
    groups: ['filter', 'apt-free'],
  }),
  ...rows('sha1sum sha512sum sha384sum cksum xmllint xsltproc yq dasel msgfmt', { groups: ['apt-free'] }),
  { name: 'yes', groups: ['feeds', 'idle', 'apt-free'] },
];
