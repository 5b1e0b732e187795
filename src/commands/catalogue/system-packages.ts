import { kinds, rows } from './rows.js';
import type { Manager, Row } from './types.js';

const rpm = (manager: Manager): Pick<Row, 'manager' | 'valued'> => ({
  manager: {
    manager,
    system: true,
    cache: 'rpm',
    kinds: kinds({
      update: 'makecache check-update',
      install: 'install in localinstall groupinstall group reinstall rei module builddep swap',
      upgrade: 'update upgrade up upgrade-minimal distro-sync',
      remove: 'remove erase rm autoremove',
      clean: 'clean',
    }),
  },
  valued: [
    ...['-c', '--config', '--installroot', '--releasever', '--enablerepo', '--disablerepo', '--repo'],
    ...['-x', '--exclude', '--setopt', '--disableplugin', '--enableplugin'],
  ],
});

/** Package managers of distributions, and what sets up their sources, keys and databases. */
export const systemPackageRows: readonly Row[] = [
  {
    name: 'apt-get',
    keepsDirectories: true,
    aliases: ['apt', 'aptitude', 'apt-fast', 'nala'],
    manager: {
      manager: 'apt',
      system: true,
      cache: 'apt-lists',
      kinds: kinds({
        update: 'update',
        install: 'install reinstall build-dep satisfy',
        upgrade: 'upgrade dist-upgrade full-upgrade safe-upgrade',
        remove: 'remove purge autoremove autopurge',
        clean: 'clean autoclean distclean dist-clean',
      }),
    },
    valued: ['-o', '--option', '-t', '--target-release', '-c', '--config-file', '-a', '--host-architecture'],
    groups: ['named-installs', 'owner-blind', 'apt-free', 'needs-root'],
  },
  {
    name: 'apk',
    keepsDirectories: true,
    manager: {
      manager: 'apk',
      system: true,
      kinds: kinds({ update: 'update', install: 'add fix', upgrade: 'upgrade', remove: 'del', clean: 'cache' }),
    },
    valued: [
      ...['-t', '--virtual', '-X', '--repository', '-p', '--root', '--arch', '--keys-dir'],
      ...['--repositories-file', '--cache-dir', '--wait'],
    ],
    groups: ['named-installs', 'owner-blind', 'needs-root', 'apt-free'],
  },
  {
    name: 'dnf',
    keepsDirectories: true,
    aliases: ['dnf5'],
    ...rpm('dnf'),
    groups: ['named-installs', 'owner-blind', 'needs-root', 'apt-free'],
  },
  {
    name: 'yum',
    keepsDirectories: true,
    ...rpm('yum'),
    groups: ['named-installs', 'owner-blind', 'needs-root', 'apt-free'],
  },
  {
    name: 'microdnf',
    keepsDirectories: true,
    ...rpm('microdnf'),
    groups: ['named-installs', 'needs-root', 'apt-free'],
  },
  { name: 'tdnf', keepsDirectories: true, ...rpm('tdnf'), groups: ['named-installs', 'apt-free'] },
  {
    name: 'zypper',
    keepsDirectories: true,
    manager: {
      manager: 'zypper',
      system: true,
      cache: 'zypper',
      kinds: kinds({
        update: 'refresh ref',
        install: 'install in source-install si install-new-recommends',
        upgrade: 'update up patch dup dist-upgrade',
        remove: 'remove rm',
        clean: 'clean cc',
      }),
    },
    valued: [
      ...['-R', '--root', '-r', '--repo', '-t', '--type', '--from', '-c', '--config', '-p', '--plus-repo'],
      ...['-D', '--reposd-dir'],
    ],
    groups: ['named-installs', 'needs-root', 'apt-free'],
  },
  {
    name: 'pacman',
    keepsDirectories: true,
    // Its operation is an option, not a subcommand.
    manager: { manager: 'pacman', system: true, cache: 'pacman', kinds: {} },
    valued: ['-r', '-b', '--root', '--config', '--ignore'],
    groups: ['named-installs', 'needs-root', 'apt-free'],
  },

  { name: 'apt-key', keepsDirectories: true, groups: ['package-setup', 'directory-free', 'apt-free'] },
  {
    name: 'add-apt-repository',
    keepsDirectories: true,
    aliases: ['apt-add-repository'],
    groups: ['package-setup', 'directory-free', 'settings', 'apt-free'],
  },
  { name: 'apt-config', keepsDirectories: true, groups: ['apt-free'] },
  { name: 'apt-mark', keepsDirectories: true, groups: ['package-setup', 'directory-free', 'apt-free'] },
  {
    name: 'dpkg',
    keepsDirectories: { unless: ['-r', '-P', '--remove', '--purge', '--unpack'] },
    groups: ['package-setup', 'answers', 'apt-free', 'needs-root'],
  },
  {
    name: 'dpkg-reconfigure',
    keepsDirectories: true,
    groups: ['package-setup', 'sets-up-installed', 'directory-free', 'settings', 'apt-free'],
  },
  { name: 'debconf-set-selections', keepsDirectories: true, groups: ['package-setup', 'apt-free'] },
  { name: 'rpm', keepsDirectories: { unless: ['-e', '--erase'] }, groups: ['package-setup', 'needs-root', 'apt-free'] },
  ...rows('yum-config-manager dnf-config-manager subscription-manager', {
    keepsDirectories: true,
    groups: ['package-setup', 'apt-free'],
  }),
  { name: 'gpg', keepsDirectories: true, groups: ['package-setup', 'feeds', 'names-files', 'apt-free'] },
  ...rows('update-ca-certificates ldconfig', {
    keepsDirectories: true,
    groups: ['package-setup', 'directory-free', 'settings', 'apt-free', 'needs-root'],
  }),
  {
    name: 'locale-gen',
    keepsDirectories: true,
    groups: ['package-setup', 'sets-up-installed', 'directory-free', 'settings', 'apt-free'],
  },
  ...rows('apt-cache apt-rdepends gdebi mk-build-deps tasksel unattended-upgrade wajig apt-file apt-show-versions', {
    keepsDirectories: true,
    groups: ['reads-apt-lists'],
  }),
  ...rows('synaptic pkcon apt-listchanges apt-clone do-release-upgrade ubuntu-drivers command-not-found debtree', {
    groups: ['reads-apt-lists'],
  }),
  ...rows('rosdep pybombs', {
    keepsDirectories: { only: ['init', 'update', 'install'] },
    groups: ['apt-free'],
    readsLists: ['install'],
  }),
];
