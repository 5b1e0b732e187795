import { rows } from './rows.js';
import type { Row } from './types.js';

/** Servers and whatever else runs on after the command that starts it. */
export const serverRows: readonly Row[] = [
  ...rows('nginx memcached mysqld mysqld_safe mariadbd mongod redis-server rabbitmq-server', {
    groups: ['drops-itself', 'daemon', 'apt-free'],
  }),
  ...rows('apache2ctl apachectl httpd postfix', { groups: ['drops-itself', 'starts-services', 'apt-free'] }),
  ...rows('openresty apache2 apache2-foreground httpd-foreground lighttpd varnishd haproxy squid', {
    groups: ['drops-itself', 'apt-free'],
  }),
  { name: 'php-fpm', versioned: 'joined', groups: ['drops-itself', 'apt-free'] },
  ...rows('postgres named dnsmasq unbound vsftpd mosquitto dovecot exim slapd ntpd chronyd clamd znc bitcoind', {
    groups: ['drops-itself', 'apt-free'],
  }),

  ...rows('sshd rsyslogd dockerd containerd', { groups: ['needs-root', 'daemon', 'apt-free'] }),
  ...rows('cron crond supervisord', { groups: ['needs-root', 'daemon', 'runs-configured', 'apt-free'] }),
  ...rows('dropbear caddy traefik proftpd pure-ftpd smbd nmbd rpcbind syslog-ng snmpd fail2ban-server', {
    groups: ['needs-root', 'apt-free'],
  }),
  ...rows('vncserver xpra consul vault', { groups: ['needs-root', 'apt-free'] }),

  ...rows('gearmand influxd influxdb transmission-daemon icecast2 asterisk freeswitch murmurd ejabberdctl prosody', {
    groups: ['apt-free'],
  }),
  { name: 'start-stop-daemon', groups: ['drops-privileges', 'daemon', 'apt-free'] },
  ...rows('mariadbd-safe Xvfb dbus-daemon dbus-launch ssh-agent', { groups: ['daemon', 'apt-free'] }),
  { name: 'daemonize', groups: ['daemon'] },
  ...rows('screen tmux', { groups: ['daemon', 'idle'] }),
];
