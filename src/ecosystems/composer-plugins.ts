/** Plug-ins of composer run during an install, and may read and write whatever they like: those that are known to stay in vendor/. */
import { type Json, objectOf, objectsIn, parseObject } from '../json.js';
import { refuse, type Refusal } from '../refusal.js';

/** They read what is installed and composer.json, and write into vendor/ alone: by their sources on packagist.org. */
const STAY_IN_VENDOR = new Set([
  'composer/package-versions-deprecated',
  'dealerdirect/phpcodesniffer-composer-installer',
  'ergebnis/composer-normalize',
  'hirak/prestissimo',
  'infection/extension-installer',
  'ocramius/package-versions',
  'pestphp/pest-plugin',
  'php-http/discovery',
  'phpstan/extension-installer',
  'symfony/runtime',
  'symfony/thanks',
  'yiisoft/yii2-composer',
]);

/** What the names of plug-ins look like where no lock file says which packages are some. */
const PLUGIN_NAME = /^symfony\/flex$|^composer\/installers$|patches$|plugin|installer|scaffold/;

/**
 * @param lock text of composer.lock; undefined where the project has none
 * @param dev development packages are installed, too
 */
export function refusePlugins(
  path: string,
  manifest: Json,
  lock: string | undefined,
  dev: boolean,
): Refusal | undefined {
  const locked = parseObject(lock);
  const packages = (dev ? ['packages', 'packages-dev'] : ['packages']).flatMap((group) => objectsIn(locked?.[group]));
  const types = new Map(packages.map(({ name, type }) => [name, type]));
  const plugins = [...types].flatMap(([name, type]) => (isPlugin(type) && typeof name === 'string' ? name : []));
  const likely = likelyPlugins(manifest, dev, locked === undefined).filter((name) => !types.has(name));
  const names = [...plugins, ...likely];
  const name = names.find((one) => !STAY_IN_VENDOR.has(one));
  if (name === undefined) return undefined;
  return refuse('install-scripts', `the plug-in ${name} of ${path} may read or write files of the project`);
}

function isPlugin(type: unknown): boolean {
  return type === 'composer-plugin' || type === 'composer-installer';
}

/** @param allowed those that composer.json lets run count: nothing says which of them are installed */
function likelyPlugins(manifest: Json, dev: boolean, allowed: boolean): readonly string[] {
  const packages = { ...objectOf(manifest['require']), ...(dev ? objectOf(manifest['require-dev']) : {}) };
  const settings = Object.entries(objectOf(objectOf(manifest['config'])?.['allow-plugins']) ?? {});
  return [
    ...Object.keys(packages).filter((name) => PLUGIN_NAME.test(name)),
    ...settings.flatMap(([name, value]) => (allowed && value !== false ? name : [])),
  ];
}
