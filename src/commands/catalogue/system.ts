import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that ask about the machine, set it up, or run its services. */
export const systemRows: readonly Row[] = [
  { name: 'uname', keepsDirectories: true, groups: ['answers', 'settings', 'idle', 'helper', 'apt-free'] },
  { name: 'id', keepsDirectories: true, groups: ['answers', 'idle', 'helper', 'apt-free'] },
  ...rows('lsb_release arch', { keepsDirectories: true, groups: ['answers', 'apt-free'] }),
  { name: 'date', keepsDirectories: true, groups: ['settings', 'idle', 'helper', 'apt-free'] },
  { name: 'which', keepsDirectories: true, groups: ['settings', 'helper', 'apt-free'] },
  { name: 'pwd', keepsDirectories: true, groups: ['idle', 'apt-free'] },
  ...rows('whoami top htop help', { keepsDirectories: true, groups: ['idle', 'apt-free'] }),
  { name: 'watch', groups: ['idle', 'apt-free'], valued: ['-n', '--interval'], calls: { words: 0 } },
  {
    name: 'script',
    groups: ['runs-strings', 'apt-free'],
    valued: ['-c', '--command', '-E', '--echo', '-o', '--output-limit', '-O', '--log-out', '-B', '--log-io', '-T'],
    calls: { script: 'option' },
  },
  {
    name: 'flock',
    keepsDirectories: true,
    groups: ['runs-strings', 'apt-free'],
    valued: ['-w', '--timeout', '--wait', '-E', '--conflict-exit-code'],
    calls: { words: 1 },
  },
  ...rows('getent ps nproc free clear', { keepsDirectories: true, groups: ['helper', 'apt-free'] }),

  { name: 'update-locale', keepsDirectories: true, groups: ['directory-free', 'settings', 'apt-free'] },
  { name: 'update-alternatives', keepsDirectories: true, groups: ['directory-free', 'apt-free'] },
  { name: 'a2enmod', keepsDirectories: true, groups: ['settings', 'apt-free'] },
  ...rows('a2dismod a2ensite a2dissite a2enconf a2disconf nginx_ensite', {
    keepsDirectories: true,
    groups: ['settings', 'apt-free'],
  }),
  ...rows('localedef locale timedatectl visudo gpasswd newgrp chsh chfn pwconv grpconv chage vipw', {
    keepsDirectories: true,
    groups: ['apt-free'],
  }),
  ...rows('dpkg-divert dpkg-query dpkg-statoverride dpkg-deb dpkg-architecture dpkg-split dpkg-trigger', {
    groups: ['apt-free'],
  }),
  ...rows('update-rc.d update-initramfs update-ca-trust update-mime-database update-desktop-database fc-cache', {
    keepsDirectories: true,
    groups: ['apt-free'],
  }),
  ...rows('mandb depmod systemd-tmpfiles systemd-sysusers systemd-machine-id-setup ssh-keygen ssh-keyscan ssh scp', {
    groups: ['apt-free'],
  }),
  ...rows(
    'fluxbox openbox xfce4-session startxfce4 xrandr xset xterm chromium google-chrome firefox wine wine64 winecfg',
    { groups: ['apt-free'] },
  ),
  ...rows('vim vi nano emacs x11vnc socat ffmpeg convert pandoc', { groups: ['apt-free'] }),
  ...rows('df lscpu lsof lspci vmstat uptime logger tty stty tput pidof pgrep pkill killall pstree fuser', {
    keepsDirectories: true,
    groups: ['apt-free'],
  }),
  ...rows('mysql_install_db mysqldump mysqlimport createdb createuser dropdb pg_dump pg_restore initdb sqlite3', {
    groups: ['apt-free'],
  }),
  ...rows('mongo mongosh mongoimport rabbitmq-plugins rabbitmqctl openssl-config htpasswd', { groups: ['apt-free'] }),

  { name: 'hostname', groups: ['one-run', 'needs-root', 'helper', 'apt-free'] },
  ...rows('mount umount sysctl swapon modprobe losetup ifconfig', { groups: ['one-run', 'needs-root', 'apt-free'] }),
  { name: 'swapoff', groups: ['one-run', 'apt-free'] },
  ...rows('setcap mkfs litefs fuse-overlayfs rclone', { groups: ['needs-root', 'apt-free'] }),
  {
    name: 'chroot',
    groups: ['needs-root', 'apt-free'],
    valued: ['--userspec', '--groups'],
    calls: { words: 1, elsewhere: true },
  },
  ...rows('unshare nsenter', { groups: ['needs-root'] }),

  {
    name: 'systemctl',
    keepsDirectories: { only: ['enable', 'disable', 'mask', 'unmask', 'daemon-reload', 'set-default'] },
    groups: ['starts-services', 'directory-free', 'needs-root', 'apt-free'],
  },
  ...rows('service rc-service initctl', { groups: ['starts-services', 'needs-root', 'apt-free'] }),
  ...rows('invoke-rc.d pg_ctl pg_ctlcluster', { groups: ['starts-services', 'apt-free'] }),
  ...rows('systemd init my_init runsvdir runsv svscan s6-svscan s6-overlay', {
    groups: ['needs-root', 'runs-configured', 'apt-free'],
  }),
  ...rows('openrc rc-update supervisorctl', { groups: ['needs-root', 'apt-free'] }),
  { name: 'anacron', groups: ['needs-root', 'runs-configured', 'apt-free'] },
  {
    name: 'ansible-playbook',
    aliases: ['ansible', 'ansible-pull'],
    calls: { project: 'playbook' },
    groups: ['apt-free'],
  },
  ...rows('puppet chef-client docker dind kubelet kube-proxy', { groups: ['needs-root'] }),
];
