// Lists the packages in dist/ from the bundler's inputs, and writes their licences to THIRD-PARTY-NOTICES.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

const LIST = join('node_modules', '.cache', 'dockmod', 'bundled-packages.json');
const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** @param inputs paths of the files in the bundle */
export function bundledPackages(inputs) {
  const folders = new Set(inputs.filter((path) => path.includes('node_modules')).map(packageFolder));
  const packages = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, version, license, folder };
  });
  // npm may install the same version of a package in several folders.
  const unique = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
  return [...unique.keys()].sort().map((key) => unique.get(key));
}

/** The package's folder, right below the last `node_modules`: a package.json deeper inside may only set the module type. */
function packageFolder(path) {
  const parts = path.split(/[\\/]/);
  const at = parts.lastIndexOf('node_modules');
  const scoped = parts[at + 1].startsWith('@');
  return parts.slice(0, at + (scoped ? 3 : 2)).join(sep);
}

export function writeBundledPackages(packages) {
  writeFileSync(LIST, JSON.stringify(packages, undefined, 1));
  const text = noticesText(packages);
  const file = 'THIRD-PARTY-NOTICES';
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

export function readBundledPackages() {
  if (!existsSync(LIST)) throw new Error('run `npm run build` first: it writes the list of packages');
  return JSON.parse(readFileSync(LIST, 'utf8'));
}

function noticesText(packages) {
  const parts = packages.map(({ name, version, license, folder }) => {
    const texts = licenceFiles(folder).map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim());
    if (texts.length === 0 && license === undefined) throw new Error(`${name} names no licence`);
    const body = texts.length > 0 ? texts.join('\n\n') : `Licensed as ${license}; the package ships no licence text.`;
    return `${name} ${version} (${license})\n\n${body}\n`;
  });
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return `dockmod's files in dist/ contain these packages.\n${rule}${parts.join(rule)}`;
}

function licenceFiles(folder) {
  const names = readdirSync(folder).filter((name) => LICENCE.test(name));
  return names.sort().map((name) => join(folder, name));
}

export function rootPackage() {
  return JSON.parse(readFileSync(join(dirname(import.meta.dirname), 'package.json'), 'utf8'));
}
