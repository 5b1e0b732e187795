import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that bring something from the network, look at it, or set it up. */
export const networkRows: readonly Row[] = [
  ...rows('curl wget', { keepsDirectories: true, groups: ['fetch', 'feeds', 'settings', 'helper', 'apt-free'] }),
  {
    name: 'git',
    keepsDirectories: {
      only: [
        '',
        'clone',
        'init',
        'config',
        'fetch',
        'log',
        'describe',
        'rev-parse',
        'add',
        'commit',
        'tag',
        'ls-remote',
        'remote',
        'lfs',
        'show',
        'status',
      ],
    },
    groups: ['checkout', 'apt-free'],
  },
  ...rows('hg svn', { groups: ['checkout', 'apt-free'] }),
  ...rows('nc ncat', { groups: ['helper', 'apt-free'] }),
  ...rows('psql pg_isready mysql mysqladmin redis-cli', { groups: ['helper', 'apt-free'] }),
  ...rows('ip route brctl tc iptables ip6tables nft', { groups: ['needs-root', 'apt-free'] }),
  ...rows('tcpdump ping traceroute nmap masscan hping3 airmon-ng airodump-ng', { groups: ['needs-root', 'apt-free'] }),
  ...rows('openvpn wg wg-quick ipsec charon keepalived stunnel', { groups: ['needs-root', 'apt-free'] }),
];
