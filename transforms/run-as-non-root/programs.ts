/** What is known of programs by their names. General knowledge, used to refuse or to choose what an account gets. */

/** What kind of program a container starts. */
export interface Runtime {
  /** For messages: `Node.js`. */
  readonly name: string;
  /** Looks up its home directory and fails, or loses its cache, without one. */
  readonly home: boolean;
  /** Applications in this language usually keep data beside their sources. */
  readonly writes: boolean;
}

const NODE: Runtime = { name: 'Node.js', home: true, writes: true };
const STATIC: Runtime = { name: 'a server of static files', home: true, writes: false };
const PYTHON: Runtime = { name: 'Python', home: true, writes: true };
const RUBY: Runtime = { name: 'Ruby', home: true, writes: true };
const PHP: Runtime = { name: 'PHP', home: true, writes: true };
const SCRIPTED: Runtime = { name: 'a scripting language', home: true, writes: true };
const JAVA: Runtime = { name: 'Java', home: true, writes: false };
const DOTNET: Runtime = { name: '.NET', home: true, writes: false };
export const BINARY: Runtime = { name: 'a compiled program', home: false, writes: false };

const RUNTIMES: readonly (readonly [RegExp, Runtime])[] = [
  [/^(?:node|nodejs|npm|npx|yarn|pnpm|pm2-runtime|ts-node|tsx|next|nuxt|nest|remix-serve|bun)$/, NODE],
  [/^(?:serve|http-server|sirv|static-server)$/, STATIC],
  [/\.[cm]?[jt]s$/, NODE],
  [
    /^(?:python[\d.]*|pypy[\d.]*|gunicorn|uvicorn|hypercorn|daphne|waitress-serve|flask|celery|streamlit|uwsgi|fastapi)$/,
    PYTHON,
  ],
  [/\.py$/, PYTHON],
  [/^(?:ruby|puma|rackup|rails|rake|unicorn|thin|sidekiq|foreman|jekyll|middleman)$|\.rb$/, RUBY],
  [/^(?:php[\d.]*|rr|frankenphp)$|\.php$/, PHP],
  [/^(?:perl|Rscript|lua|deno|escript)$|\.(?:pl|R|lua)$/, SCRIPTED],
  [/^java$|\.jar$/, JAVA],
  [/^dotnet$|\.dll$/, DOTNET],
];

export function runtimeOf(name: string): Runtime | undefined {
  return RUNTIMES.find(([pattern]) => pattern.test(name))?.[1];
}

/** Hand over to another account, so they must start as root. */
export const DROPPERS = new Set(
  'gosu su-exec setpriv su sudo runuser setuidgid s6-setuidgid chpst kctf_drop_privs start-stop-daemon'.split(' '),
);

/** Servers whose master runs as root and whose workers do not, or that switch the account by their own configuration. */
export const SELF_DROPPERS = new Set(
  (
    'nginx openresty apache2 apache2ctl apachectl apache2-foreground httpd httpd-foreground php-fpm lighttpd varnishd haproxy ' +
    'squid memcached postgres mysqld mysqld_safe mariadbd mongod redis-server rabbitmq-server named dnsmasq unbound vsftpd ' +
    'mosquitto postfix dovecot exim slapd ntpd chronyd clamd znc bitcoind'
  ).split(' '),
);

/** Need root, or rights that only root has by default. */
export const ROOT_PROGRAMS = new Set(
  (
    'sshd dropbear cron crond anacron supervisord supervisorctl systemd init my_init runsvdir runsv svscan s6-svscan ' +
    's6-overlay dockerd dind docker containerd kubelet kube-proxy mount umount modprobe iptables ip6tables nft tcpdump ping traceroute nmap ' +
    'masscan hping3 openvpn wg wg-quick ipsec charon keepalived caddy traefik proftpd pure-ftpd smbd nmbd rpcbind rsyslogd ' +
    'syslog-ng service systemctl initctl rc-service rc-update openrc chown chgrp useradd adduser usermod groupmod groupadd ' +
    'addgroup deluser userdel passwd chpasswd apt apt-get aptitude apk yum dnf microdnf rpm dpkg zypper pacman sysctl setcap ip ifconfig ' +
    'route brctl tc hostname swapon losetup mkfs litefs chroot unshare nsenter airmon-ng airodump-ng update-ca-certificates ' +
    'ldconfig snmpd fail2ban-server puppet chef-client vncserver xpra fuse-overlayfs rclone stunnel consul vault mknod'
  ).split(' '),
);

/** Compile, install or download before they run the application, in directories that belong to root. */
const BUILDERS = new Set(
  (
    'mvn mvnw gradle gradlew sbt lein mix iex cargo go go-wrapper make cmake gox revel poetry pipenv pdm ' +
    'bower stack cabal swift crystal rebar3 dep glide bundle-install composer pip pip3 gem uv hatch tox nox conda mamba'
  ).split(' '),
);

const TESTERS =
  /^(?:pytest|rspec|phpunit|codecept|cypress|behave|ctest|jest|mocha|karma|nunit3-console|hackbench|stress|stress-ng|ab|wrk|locust)$/;

/** Keep a container alive or print something: nothing of an application runs. */
const IDLE = new Set(
  'sleep tail echo printf ls env cat true false date whoami pwd uname id sh bash ash dash zsh fish ksh top htop watch yes help'.split(
    ' ',
  ),
);

export function isBuilder(name: string): boolean {
  return BUILDERS.has(name);
}

export function isTester(name: string): boolean {
  return TESTERS.test(name);
}

/** Started like this, an interpreter waits for someone to type. */
export function isBareInterpreter(name: string, args: readonly string[]): boolean {
  return (
    /^(?:node|nodejs|python[\d.]*|pypy[\d.]*|php[\d.]*|ruby|perl|deno|bun|dotnet|java|irb|Rscript)$/.test(name) &&
    args.every((arg) => PRINTS_ONLY.test(arg) || /^-[ai]$/.test(arg))
  );
}

export function isIdle(name: string): boolean {
  return IDLE.has(name);
}

/** `npm run …` scripts and commands that serve the sources as a developer edits them. */
export const DEVELOPMENT =
  /^(?:dev|develop|watch|start[:-]dev|dev[:-].*|serve[:-]dev|start[:-]local|start[:-]debug|hot|storybook|serve|gulp|grunt|webpack|ng)$/;

/** Options and subcommands that only print: the image is a command line tool. */
export const PRINTS_ONLY = /^(?:--?help|help|-h|--version|version|--info)$/;

/** Commands of a start script that prepare something and need no rights of their own. */
const HELPERS = new Set(
  (
    '. source : [ [[ test cd export set unset read shift local declare typeset return exit trap eval umask wait kill exec if ' +
    'sed grep egrep awk find curl wget date nc ncat getent basename dirname jq seq cut tr head wc xargs sort uniq ps expr let nproc ' +
    'psql pg_isready mysql mysqladmin redis-cli envsubst uname hostname mktemp readlink realpath which command type hash ' +
    'openssl base64 md5sum sha256sum stat mkdir cp mv touch tee ln rm chmod install tar unzip gunzip ulimit pushd popd alias rev free clear id ${@} $@ "$@" '
  ).split(' '),
);

export function isHelper(name: string): boolean {
  return HELPERS.has(name);
}
