import { rows } from './rows.js';
import type { Row } from './types.js';

/** Servers and whatever else runs on after the command that starts it. */
export const serverRows: readonly Row[] = [
  ...rows('nginx memcached mysqld mysqld_safe mariadbd mongod redis-server rabbitmq-server', {
    groups: ['drops-itself', 'daemon'],
  }),
  ...rows('apache2ctl apachectl httpd postfix', { groups: ['drops-itself', 'starts-services'] }),
  ...rows('openresty apache2 apache2-foreground httpd-foreground lighttpd varnishd haproxy squid', {
    groups: ['drops-itself'],
  }),
  { name: 'php-fpm', versioned: 'joined', groups: ['drops-itself'] },
  ...rows('postgres named dnsmasq unbound vsftpd mosquitto dovecot exim slapd ntpd chronyd clamd znc bitcoind', {
    groups: ['drops-itself'],
  }),

  ...rows('sshd cron crond rsyslogd supervisord dockerd containerd', { groups: ['needs-root', 'daemon'] }),
  ...rows('dropbear caddy traefik proftpd pure-ftpd smbd nmbd rpcbind syslog-ng snmpd fail2ban-server', {
    groups: ['needs-root'],
  }),
  ...rows('vncserver xpra consul vault', { groups: ['needs-root'] }),

  { name: 'start-stop-daemon', groups: ['drops-privileges', 'daemon'] },
  ...rows('mariadbd-safe Xvfb dbus-daemon dbus-launch ssh-agent daemonize screen tmux', { groups: ['daemon'] }),
];
