import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that read text and print text. */
export const textRows: readonly Row[] = [
  { name: 'grep', groups: ['filter', 'answers', 'helper', 'apt-free'] },
  { name: 'cut', groups: ['filter', 'answers', 'helper', 'apt-free'] },
  { name: 'awk', groups: ['filter', 'answers', 'helper'] },
  ...rows('head sort', { groups: ['filter', 'helper', 'apt-free'] }),
  { name: 'tail', groups: ['filter', 'idle', 'apt-free'] },
  ...rows('egrep wc tr', { groups: ['filter', 'helper'] }),
  { name: 'sha256sum', groups: ['helper', 'apt-free'] },
  ...rows('jq seq uniq rev expr envsubst base64 md5sum xargs openssl', { groups: ['helper'] }),
  { name: 'yes', groups: ['feeds', 'idle'] },
];
