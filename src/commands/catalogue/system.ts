import { rows } from './rows.js';
import type { Row } from './types.js';

/** Programs that ask about the machine, set it up, or run its services. */
export const systemRows: readonly Row[] = [
  { name: 'uname', groups: ['answers', 'settings', 'idle', 'helper', 'apt-free'] },
  { name: 'id', groups: ['answers', 'idle', 'helper', 'apt-free'] },
  ...rows('lsb_release arch', { groups: ['answers', 'apt-free'] }),
  { name: 'date', groups: ['settings', 'idle', 'helper', 'apt-free'] },
  { name: 'which', groups: ['settings', 'helper', 'apt-free'] },
  { name: 'pwd', groups: ['idle', 'apt-free'] },
  ...rows('whoami top htop watch help', { groups: ['idle'] }),
  ...rows('getent ps nproc free clear', { groups: ['helper'] }),

  { name: 'update-locale', groups: ['directory-free', 'settings', 'apt-free'] },
  { name: 'update-alternatives', groups: ['directory-free', 'apt-free'] },
  { name: 'a2enmod', groups: ['settings'] },

  { name: 'hostname', groups: ['one-run', 'needs-root', 'helper'] },
  ...rows('mount umount sysctl swapon modprobe losetup ifconfig', { groups: ['one-run', 'needs-root'] }),
  { name: 'swapoff', groups: ['one-run'] },
  ...rows('setcap mkfs litefs chroot unshare nsenter fuse-overlayfs rclone', { groups: ['needs-root'] }),

  { name: 'systemctl', groups: ['starts-services', 'directory-free', 'needs-root'] },
  ...rows('service rc-service initctl', { groups: ['starts-services', 'needs-root'] }),
  ...rows('invoke-rc.d pg_ctl pg_ctlcluster', { groups: ['starts-services'] }),
  ...rows('systemd init my_init runsvdir runsv svscan s6-svscan s6-overlay openrc rc-update', {
    groups: ['needs-root'],
  }),
  ...rows('anacron supervisorctl puppet chef-client docker dind kubelet kube-proxy', { groups: ['needs-root'] }),
];
