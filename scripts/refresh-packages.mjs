// Writes data/gone-packages.json from Packages indexes of Debian (amd64, not compressed), those of several components joined:
//   node scripts/refresh-packages.mjs DATE bullseye=FILE bookworm=FILE trixie=FILE forky=FILE sid=FILE
// It lists packages that an older release had and that a newer one has no more, neither itself nor as the only package that
// provides the name: apt installs that one, and refuses to choose between several.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Names of a family, whose captured part has to be one that the release has. `elsewhere`: other repositories have them, too. */
const FAMILIES = [
  { pattern: '^(?:lib)?python(\\d\\.\\d+)(?:-.+)?$', elsewhere: true },
  { pattern: '^(?:libapache2-mod-)?php(\\d+(?:\\.\\d+)?)(?:-.+)?$', elsewhere: true },
  { pattern: '^openjdk-(\\d+)-.+$', elsewhere: true },
  {
    pattern: '^postgresql-(?:client-|contrib-|server-dev-|pl[\\w]+-)?(\\d+(?:\\.\\d+)?)(?:-.+)?$',
    elsewhere: true,
  },
  {
    pattern:
      '^(?:gcc|g\\+\\+|gfortran|cpp|gobjc|gnat|libstdc\\+\\+|libgcc)-(\\d+(?:\\.\\d+)?)(?:-dev|-multilib|-base|-plugin-dev)?$',
    elsewhere: true,
  },
  {
    pattern: '^(?:clang|llvm|lld|lldb|libclang|libllvm|libomp|clang-(?:format|tidy|tools))-(\\d+(?:\\.\\d+)?)(?:-.+)?$',
    elsewhere: true,
  },
  { pattern: '^(?:mysql|mariadb)-(?:server|client)(?:-core)?-(\\d+\\.\\d+)$', elsewhere: true },
  { pattern: '^(?:lib)?ruby(\\d+\\.\\d+(?:\\.\\d+)?)(?:-dev)?$', elsewhere: true },
  { pattern: '^golang-(\\d+\\.\\d+)(?:-.+)?$', elsewhere: true },
  { pattern: '^libboost(?:-.+?)?(\\d\\.\\d\\d)(?:\\.\\d)?(?:-.+)?$' },
  { pattern: '^(?:lib)?tomcat(\\d+)(?:-.+)?$' },
  { pattern: '^(?:tcl|tk)(\\d\\.\\d)(?:-dev)?$' },
  {
    pattern:
      '^(?:libicu|libffi|libreadline|libtiff|libgdal|libprotobuf|libwebp|libjpeg|libpng)(\\d+(?:\\.\\d+)*)(?:-.+)?$',
  },
  { pattern: '^libssl(\\d[\\d.]*)(?:-.+)?$' },
  { pattern: '^python-(.+)$' },
  { pattern: '^ttf-(.+)$' },
  { pattern: '^gstreamer0\\.10-(.+)$' },
  { pattern: '^(?:lib)?qt4-(.+)$' },
];

/** Packages of Debian 10 and before, whose indexes are archived: those that Dockerfiles of that time install. */
const OLDER =
  `apache2-mpm-prefork apache2-mpm-worker apache2-prefork-dev apache2-threaded-dev apache2.2-bin apache2.2-common cython dh-systemd
elasticsearch galera gcj-jdk gksu gnupg-curl ia32-libs iceweasel ipython ipython-notebook lib32gcc1 lib32ncurses5-dev lib32ncursesw5-dev
libapache2-mod-fastcgi libapache2-mod-php5 libapache2-mod-python libapache2-mod-shib2 libappindicator1 libatlas-dev libav-tools
libboost-python1.62-dev libcfitsio3-dev libcurl3 libevent-2.0-5 libfaac-dev libgdal1-dev libgee-dev libgeos-c1 libgfortran3 libgsl0-dev
libgsl0ldbl libgstreamer0.10-0 libgstreamer0.10-dev libgstreamer-plugins-base0.10-dev libhiredis0.10 libjasper-dev libjasper1 libjemalloc1
libleveldb1 liblept4 libmagickwand5 libmariadb-client-lgpl-dev libmariadbclient-dev libmysqlclient-dev libmysqlclient18 libmysqlclient20 libnss3-1d
libopencv-dev2.4 libpng12-0 libpng12-dev libpng3 libpython-dev libpython-stdlib libqt4-dev libqt4-core libqt4-gui libreadline6 libreadline6-dev
libsnappy1 libsnappy1v5 libssl1.0.0 libssl1.0.2 libssl1.0-dev libt1-5 libt1-dev libtesseract3 libtiff4-dev libudev0 libunique-3.0-dev libvpx1 libvpx3
libvpx4 libvpx5 libwebkit-dev libwebkit2gtk-3.0-dev libwebkitgtk-dev libxine-dev libxine2-dev libzend-framework-php lsb-core mariadb-galera-server
mongodb mongodb-clients mongodb-server multiarch-support mysql-client mysql-server nodejs-legacy oracle-java6-installer oracle-java7-installer
oracle-java8-installer oracle-java8-set-default oracle-java9-installer phantomjs php-apc php-pear5 polipo pstotext python python-dev python-pip
python-software-properties python-support python-virtualenv qt4-default qt5-default realpath ruby1.8 ruby1.9.1 ruby1.9.1-dev sun-java6-jdk tcl8.5
tesseract-ocr-dev virtualenvwrapper zend-framework zlibc`.split(/\s+/);

/** Alpine's index names what it has today alone: these left its package tree (aports) before release 3.20. */
const ALPINE = {
  families: [
    { pattern: '^php(\\d+)(?:-.+)?$', present: '82 83 84 85' },
    { pattern: '^py2-(.+)$', present: '' },
    { pattern: '^openjdk([79]|10)(?:-.+)?$', present: '' },
  ],
  gone: `bzr docker-py iojs libcrypto1.0 libssl1.0 mariadb-client-libs mongodb nodejs-current-npm nodejs-lts nodejs-npm py-gobject
py-gobject-dev py-gtk py-gtk-dev py-gtkglext python python-dev python-doc python-tests python2 python2-dev python2-tkinter`.split(
    /\s+/,
  ),
};

/** Names that nobody installs by hand, or that no list is short with. */
const LEFT_OUT =
  /^(?:fusiondirectory|gosa|golang-|xen-|gir1\.2|qml-|gnome-shell-|libgnat|libkido|libdart|libignition|plasma|kde|php-symfony|pg-|gazebo|pcb-rnd|fp-|mate-|budgie|gr-|fcitx|ibus-|uim|netdata-|pki-|roar|google-android|puppet-|nova-|neutron-|lib(?:rust|ghc|js|mrpt|trilinos|gnuradio|otb|casa|sundials|rte|petsc|slepc)|librte-|librust-|golang-github|node-|r-cran-|r-bioc-|elpa-|texlive|linux-|ruby-|hunspell|myspell|aspell-|task-|libreoffice-|calligra|wesnoth|gcompris|php-horde|cl-|monodoc|progress-linux|q2-|debian-)|-(?:doc|dbg|data|(?<!software-properties-)common|l10n\S*|i18n|examples|themes?|tests?|cross|udeb|perl|java|ocaml|ocaml-dev|cil|gst|prof)$|-cross$|-linux-gnu|mingw|multilib-/;
/** A shared library is installed by name only where many packages are built on it. */
const isLibrary = (name) => /^lib\D*\d/.test(name) && !/-(?:dev|bin|tools|utils)$/.test(name);
const POPULAR = 25;

/** The packages of an index, the names with one provider, and how many packages depend on each. */
function readIndex(file) {
  const own = new Set();
  const providers = new Map();
  const dependents = new Map();
  for (const block of readFileSync(file, 'utf8').split('\n\n')) {
    const field = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const name = field('Package');
    if (name === undefined) continue;
    own.add(name);
    for (const one of names(field('Provides'))) providers.set(one, (providers.get(one) ?? new Set()).add(name));
    for (const one of names(field('Depends'))) dependents.set(one, (dependents.get(one) ?? 0) + 1);
  }
  const single = [...providers].filter(([, by]) => by.size === 1).map(([name]) => name);
  return { own, has: new Set([...own, ...single]), dependents };
}

function names(list = '') {
  return list.split(/[,|]/).flatMap((part) => /^\s*([\w.+-]+)/.exec(part)?.[1] ?? []);
}

/** What each release has: Ubuntu is made from Debian's unstable, so a name is gone only where the Debians around it lack it. */
export function releasesFrom({ bullseye, bookworm, trixie, forky, sid }) {
  const any = (...indexes) => ({
    has: (name) => indexes.some((index) => index.has.has(name)),
    all: indexes.flatMap(({ has }) => [...has]),
  });
  return {
    bullseye: any(bullseye),
    bookworm: any(bookworm),
    trixie: any(trixie),
    noble: any(bookworm, trixie),
    resolute: any(trixie, forky, sid),
  };
}

export function goneFrom(indexes) {
  const releases = releasesFrom(indexes);
  const families = FAMILIES.map(({ pattern, elsewhere }) => {
    const expression = new RegExp(pattern);
    const parts = ({ all }) => [
      ...new Set(all.filter((name) => !/-doc$/.test(name)).flatMap((name) => expression.exec(name)?.[1] ?? [])),
    ];
    const present = Object.entries(releases).map(([release, one]) => [release, parts(one).sort().join(' ')]);
    return { pattern, ...(elsewhere && { elsewhere }), present: Object.fromEntries(present) };
  });
  const alpine = ALPINE.families.map(({ pattern, present }) => ({ pattern, present: { alpine: present } }));
  const { bullseye, bookworm, trixie } = indexes;
  const dependents = (name) =>
    Math.max(...[bullseye, bookworm, trixie].map((index) => index.dependents.get(name) ?? 0));
  const plausible = (name) => !LEFT_OUT.test(name) && (!isLibrary(name) || dependents(name) >= POPULAR);
  const inFamily = FAMILIES.map(({ pattern }) => new RegExp(pattern));
  const former = [...new Set([...bullseye.own, ...bookworm.own])].filter(plausible);
  const candidates = [...new Set([...former, ...OLDER])].filter((name) => !inFamily.some((one) => one.test(name)));
  const gone = {};
  for (const name of candidates.sort()) {
    // What is new since Debian 11 was not gone then.
    const lacks = (release) => !releases[release].has(name);
    const from = Object.keys(releases).filter((one) => lacks(one) && (one !== 'bullseye' || lacks('bookworm')));
    if (from.length > 0) (gone[from.join(' ')] ??= []).push(name);
  }
  gone.alpine = ALPINE.gone;
  return {
    families: [...families, ...alpine],
    gone: Object.fromEntries(Object.entries(gone).map(([from, list]) => [from, list.join(' ')])),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , date, ...files] = process.argv;
  const indexes = Object.fromEntries(files.map((one) => one.split('=')).map(([name, file]) => [name, readIndex(file)]));
  const source = 'Packages indexes of Debian 11 to 13, testing and unstable, amd64; aports of Alpine';
  const data = { source, date, ...goneFrom(indexes) };
  writeFileSync(join(import.meta.dirname, '../data/gone-packages.json'), JSON.stringify(data, null, 2) + '\n');
}
